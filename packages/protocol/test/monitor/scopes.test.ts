import { describe, expect, test } from "vitest";
import { check, define, ev, found, type Sent } from "./streams.ts";
import { numbered, renumbered, upload, uploaded } from "./upload.ts";

const stream = { open: "begin", close: "end" };
const [begin, end] = [ev("begin"), ev("end")];

describe("keys", () => {
  const rooms = define("begin end enter speak leave", {
    stream,
    visit: { in: "stream", key: ["/room", "/seat"], open: "enter", inner: { speak: "any" }, close: "leave" },
  });
  const at = (type: string, room: unknown, seat?: unknown): Sent =>
    ev(type, { room, ...(seat === undefined ? {} : { seat }) });

  test("instances with different keys are open side by side", () => {
    expect(
      found(rooms, [begin, at("enter", 1, 1), at("enter", 1, 2), at("leave", 1, 1), at("leave", 1, 2), end]),
    ).toEqual([]);
  });

  test("an absent part of a compound key is null", () => {
    expect(
      found(rooms, [begin, at("enter", 1), at("enter", 1, 2), at("leave", 1, null), at("leave", 1, 2), end]),
    ).toEqual([]);
  });

  test("a string is another key than the number it spells", () => {
    expect(found(rooms, [begin, at("enter", 1, 1), at("speak", "1", 1), at("leave", 1, 1), end])).toEqual([
      "visit/not-open@3",
    ]);
  });

  test("an event without a key belongs nowhere", () => {
    const { findings } = check(rooms, [begin, ev("speak"), end]);
    expect(findings).toMatchObject([{ rule: "event/payload", path: "/room" }]);
    expect(findings[0]?.message).toBe("`speak` has no /room, /seat, which says which visit it belongs to.");
  });

  test("keys that objects have by birth are keys like others", () => {
    const birth = ["__proto__", "constructor", "toString"];
    const events = birth.flatMap((room) => [at("enter", room), at("leave", room)]);
    expect(found(rooms, [begin, ...events, end])).toEqual([]);
    expect(found(rooms, [begin, at("speak", "__proto__"), end])).toEqual(["visit/not-open@2"]);
  });
});

describe("numbered, exclusive and reuse", () => {
  const pages = define("begin end open close", {
    stream,
    page: { in: "stream", key: "/n", exclusive: true, numbered: { from: 1, step: 2 }, open: "open", close: "close" },
  });
  const page = (n: number): readonly Sent[] => [ev("open", { n }), ev("close", { n })];

  test("keys count up by the step", () => {
    expect(found(pages, [begin, ...page(1), ...page(3), ...page(5), end])).toEqual([]);
    expect(found(pages, [begin, ...page(1), ...page(4), end])).toEqual(["page/key-jumps@4"]);
  });

  test("after a jump the old count, the new count and the hole go on", () => {
    const after = (...rest: readonly number[]): readonly string[] =>
      found(pages, [begin, ...[1, 7, ...rest].flatMap(page), end]);
    expect(after(9, 11)).toEqual(["page/key-jumps@4"]);
    expect(after(5, 7)).toEqual(["page/key-jumps@4"]);
    expect(after(3, 9)).toEqual(["page/key-jumps@4"]);
    expect(after(20)).toEqual(["page/key-jumps@4", "page/key-jumps@6"]);
  });

  test("one is closed before the next opens", () => {
    expect(
      found(pages, [
        begin,
        ev("open", { n: 1 }),
        ev("open", { n: 3 }),
        ev("close", { n: 1 }),
        ev("close", { n: 3 }),
        end,
      ]),
    ).toEqual(["page/overlap@3"]);
  });

  test("without `reuse: false` a closed key may be opened again", () => {
    const free = define("begin end open close", {
      stream,
      page: { in: "stream", key: "/n", open: "open", close: "close" },
    });
    expect(found(free, [begin, ...page(1), ...page(1), end])).toEqual([]);
    expect(found(free, [begin, ...page(1), ev("close", { n: 1 }), end])).toEqual(["page/not-open@4"]);
  });
});

describe("steps", () => {
  const meal = define("begin end starter main drink dessert coffee", {
    stream: {
      ...stream,
      inner: [{ starter: "optional", drink: "any" }, { main: "once" }, { dessert: "some", coffee: "optional" }],
    },
  });
  const eat = (...courses: readonly string[]): readonly string[] =>
    found(meal, [begin, ...courses.map((course) => ev(course)), end]);

  test.each([
    [["main", "dessert"], []],
    [["drink", "starter", "drink", "main", "dessert", "coffee", "dessert"], []],
    [["dessert"], ["stream/missing@2"]],
    [["main"], ["stream/missing@3"]],
    [["starter", "starter", "main", "dessert"], ["stream/repeated@3"]],
    [["main", "drink", "dessert"], ["stream/out-of-order@3"]],
    [["main", "main", "dessert"], ["stream/repeated@3"]],
  ])("%j", (courses, expected) => {
    expect(eat(...courses)).toEqual(expected);
  });

  test("what is missing is reported where it is too late for it", () => {
    const { findings } = check(meal, [begin, ev("dessert"), ev("main"), end]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toBe("`dessert` but no `main` in this stream. Send it before.");
  });

  test("the later event is the other place", () => {
    const { findings } = check(meal, [begin, ev("main"), ev("dessert"), ev("main"), end]);
    expect(findings[0]).toMatchObject({
      rule: "stream/out-of-order",
      related: [{ event: { number: 3, type: "dessert" } }],
    });
  });
});

describe("kinds", () => {
  test("are told apart by how they open; the scope's own `open` is the fallback", () => {
    expect(found(upload, uploaded)).toEqual([]);
  });

  test("an event that the fallback has not, and one that another kind has not", () => {
    const all = numbered([
      ["begin", { user: "ann" }],
      ["manifest", {}],
      ["file", { file: 1, kind: "movie" }],
      ["thumbnail", { file: 1 }],
      ["file_end", { file: 1 }],
      ["file", { file: 2, kind: "image" }],
      ["chunk", { file: 2 }],
      ["checksum", { file: 2 }],
      ["file_end", { file: 2 }],
      ["done", { user: "ann" }],
    ]);
    expect(found(upload, all)).toEqual(["file/wrong-kind@4", "file/wrong-kind@8"]);
  });

  test("null, an empty string and absence mean no subtype", () => {
    for (const kind of [{}, { kind: null }, { kind: "" }]) {
      const all = numbered([
        ["begin", { user: "ann" }],
        ["manifest", {}],
        ["file", { file: 1, ...kind }],
        ["file_end", { file: 1 }],
        ["done", { user: "ann" }],
      ]);
      expect(found(upload, all)).toEqual([]);
    }
  });

  test("a rule bears the name of who declares it", () => {
    const without = renumbered(uploaded.filter(({ data }) => !data.includes('"checksum"')));
    expect(found(upload, without)).toEqual(["text/missing@11"]);
  });
});

describe("children", () => {
  const book = define("begin end chapter chapter_end page word page_end", {
    stream,
    chapter: { in: "stream", key: "/c", open: "chapter", close: "chapter_end" },
    page: { in: "chapter", key: "/p", open: "page", inner: { word: "any" }, close: "page_end" },
  });
  const at = (type: string, c: number, p?: number): Sent => ev(type, p === undefined ? { c } : { c, p });

  test("belong to the parent whose key they carry", () => {
    expect(
      found(book, [
        begin,
        at("chapter", 1),
        at("chapter", 2),
        at("page", 1, 1),
        at("page", 2, 1),
        at("word", 1, 1),
        at("page_end", 2, 1),
        at("chapter_end", 2),
        at("page_end", 1, 1),
        at("chapter_end", 1),
        end,
      ]),
    ).toEqual([]);
  });

  test("need their parent open", () => {
    expect(found(book, [begin, at("page", 1, 1), at("page_end", 1, 1), end])).toEqual(["chapter/not-open@2"]);
  });

  test("must be closed before their parent, and all that are open are named", () => {
    expect(
      found(book, [begin, at("chapter", 1), at("page", 1, 1), at("page", 1, 2), at("chapter_end", 1), end]),
    ).toEqual(["page/unclosed@5", "page/unclosed@5"]);
    expect(found(book, [begin, at("chapter", 1), at("page", 1, 1), end])).toEqual([
      "chapter/unclosed@4",
      "page/unclosed@4",
    ]);
  });

  test("may be found in the older of two parents that a fault opened", () => {
    expect(
      found(book, [
        begin,
        at("chapter", 1),
        at("page", 1, 1),
        at("chapter", 1),
        at("word", 1, 1),
        at("page_end", 1, 1),
        at("chapter_end", 1),
        end,
      ]),
    ).toEqual(["chapter/already-open@4"]);
  });
});

describe("closing", () => {
  test("without `close` a scope ends with its parent, in order", () => {
    const form = define("begin end field value", {
      stream,
      field: { in: "stream", key: "/f", open: "field", inner: { value: "once" } },
    });
    expect(found(form, [begin, ev("field", { f: 1 }), ev("value", { f: 1 }), end])).toEqual([]);
    expect(found(form, [begin, ev("field", { f: 1 }), end])).toEqual(["field/missing@3"]);
  });

  test("`mustClose` can be never, or only when something has been seen", () => {
    const doors = define("begin end open enter close", {
      stream,
      door: { in: "stream", key: "/d", open: "open", inner: { enter: "any" }, close: "close", mustClose: ["enter"] },
    });
    expect(found(doors, [begin, ev("open", { d: 1 }), end])).toEqual([]);
    expect(found(doors, [begin, ev("open", { d: 1 }), ev("enter", { d: 1 }), end])).toEqual(["door/unclosed@4"]);
    const lax = define("begin end open close", {
      stream,
      door: { in: "stream", open: "open", close: "close", mustClose: false },
    });
    expect(found(lax, [begin, ev("open"), end])).toEqual([]);
  });

  test("`abort` ends all instances of a child in its parent, and nothing is asked", () => {
    const jobs = define(
      "begin end start work stop",
      {
        stream,
        job: { in: "stream", key: "/j", open: "start", inner: { work: "once" }, close: "stop", abort: "cancel[all]" },
      },
      { events: { cancel: { subtype: "/what" } } },
    );
    const [one, two] = [ev("start", { j: 1 }), ev("start", { j: 2 })];
    expect(found(jobs, [begin, one, two, ev("cancel", { what: "all" }), end])).toEqual([]);
    expect(found(jobs, [begin, one, ev("cancel", { what: "some" }), end])).toEqual(["job/unclosed@4"]);
    expect(found(jobs, [begin, ev("cancel", { what: "all" }), end])).toEqual([]);
  });
});

describe("opening events that do more", () => {
  test("listed in `inner` too, they open or go on", () => {
    const talk = define("begin end say hush", {
      stream,
      talk: { in: "stream", key: "/who", reuse: false, open: "say", inner: { say: "any" }, close: "hush" },
    });
    const [say, hush] = [ev("say", { who: 1 }), ev("hush", { who: 1 })];
    expect(found(talk, [begin, say, say, hush, end])).toEqual([]);
    expect(found(talk, [begin, say, hush, say, end])).toEqual(["talk/closed@4"]);
    expect(talk.rules.map(({ id }) => id)).not.toContain("talk/already-open");
  });

  test("listed in `close` too, they open if need be and end", () => {
    const news = define("begin end start item", {
      stream,
      news: { in: "stream", open: ["start", "item"], close: "item" },
    });
    expect(found(news, [begin, ev("item"), ev("start"), ev("item"), ev("item"), end])).toEqual([]);
    expect(found(news, [begin, ev("start"), end])).toEqual(["news/unclosed@3"]);
  });

  test("carry what only they must carry", () => {
    const talk = define("begin end say hush", {
      stream,
      talk: { in: "stream", open: "say", inner: { say: "any" }, close: "hush", opening: { required: ["who"] } },
    });
    expect(found(talk, [begin, ev("say", { who: 1 }), ev("say"), ev("hush"), end])).toEqual([]);
    const { findings } = check(talk, [begin, ev("say"), ev("say"), ev("hush"), end]);
    expect(findings).toMatchObject([{ rule: "talk/opening", event: { number: 2 } }]);
    expect(findings[0]?.message).toBe("`say` opens a talk, so the data must have the property `who`.");
  });
});

describe("the end of the stream", () => {
  test("`after` may still come, and only that", () => {
    expect(found(upload, [...uploaded, ev("bye")])).toEqual([]);
    expect(found(upload, [...uploaded, ev("bye"), ev("checkpoint")])).toEqual(["session/closed@22"]);
  });

  test("a stream that may be used again begins anew", () => {
    const runs = define("begin end fail a z", {
      run: { open: ["begin", "fail"], close: "end", abort: "fail", reuse: true, constant: { id: "/id" } },
      part: { in: "run", key: "/id", open: "a", close: "z" },
    });
    expect(
      found(runs, [
        ev("begin", { id: 1 }),
        ev("end"),
        ev("begin", { id: 2 }),
        ev("fail"),
        ev("fail"),
        ev("begin"),
        ev("end"),
      ]),
    ).toEqual([]);
    expect(found(runs, [begin, end, ev("a", { id: 1 })])).toEqual(["run/closed@3"]);
  });

  test("a stream's scope without `close` ends with the stream", () => {
    const log = define("begin entry", { log: { open: "begin", inner: { entry: "some" } } });
    expect(check(log, [begin, ev("entry")])).toMatchObject({ verdict: "valid", findings: [] });
    expect(check(log, [begin])).toMatchObject({ verdict: "invalid", findings: [{ rule: "log/missing" }] });
    expect(check(log, [])).toMatchObject({ verdict: "truncated" });
  });
});

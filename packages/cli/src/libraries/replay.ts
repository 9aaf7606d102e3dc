export * from "@ssert/replay";

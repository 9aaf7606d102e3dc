export * from "@ssert/wire";

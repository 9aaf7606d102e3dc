export * from "@ssert/protocol";

export * from "@ssert/record";

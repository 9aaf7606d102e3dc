export * from "@ssert/fuzz";

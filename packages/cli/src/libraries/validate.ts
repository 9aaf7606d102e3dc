export * from "@ssert/validate";

export * from "@ssert/report";

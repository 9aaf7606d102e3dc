export * from "@ssert/tape";

export * from "../../../../js/testing/server";

import { testReadmeExamples } from "../../../test/readme-examples.js";

testReadmeExamples(new URL("../README.md", import.meta.url));

import { Command } from "commander";
import { description, version } from "../package.json";

new Command("loopnest").description(description).version(version).parse();

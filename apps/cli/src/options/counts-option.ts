import { countsNames, defaultCounts } from "@loopnest/mapspace";
import { Option } from "commander";
import { oneOf } from "./option-values.js";

/**
 * `--counts`: which Timeloop's counting is meant, wherever something is evaluated.
 *
 * @param unless Whose own counts are taken where the option is not given, before today's.
 */
export function countsOption(unless?: string): Option {
  const otherwise = unless === undefined ? defaultCounts : `${unless}, or else ${defaultCounts}`;
  return new Option(
    "--counts <version>",
    `count as this version of Timeloop: ${countsNames.join(", ")} (default: ${otherwise})`,
  ).argParser(oneOf(countsNames));
}

import { countsNames, defaultCounts } from "@loopnest/mapspace";
import { Option } from "commander";
import { oneOf } from "./option-values.js";

/**
 * `--counts`: which Timeloop's counting is meant, wherever something is evaluated.
 *
 * @param unless Whose own counts are taken where the option is not given, before today's.
 * @param others Countings beside Timeloop's.
 */
export function countsOption(unless?: string, others: readonly string[] = []): Option {
  const otherwise = unless === undefined ? defaultCounts : `${unless}, or else ${defaultCounts}`;
  const names = [...countsNames, ...others];
  const whose = others.length > 0 ? "whose counting" : "count as this version of Timeloop";
  return new Option("--counts <version>", `${whose}: ${names.join(", ")} (default: ${otherwise})`).argParser(
    oneOf(names),
  );
}

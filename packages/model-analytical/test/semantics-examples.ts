import type { Case } from "./arbitrary-case.js";
import { slidingProblem, smallCase } from "./small-case.js";

/** A small case in which one count says something about Timeloop's rules. */
export interface SemanticsExample {
  /** Rule of the golden records that it shows. */
  readonly rule: string;
  readonly what: string;
  readonly given: Case;
  readonly level: string;
  readonly tensor: string;
  readonly count: "reads" | "updates" | "fills";
  /** Worked out by hand, under Timeloop's rules of today and of 2022, and for a machine with real buffers. */
  readonly today: number;
  readonly in2022: number;
  readonly physical: number;
}

const sliding = { level: "L0", tensor: "Inputs", count: "reads" } as const;
const square = [
  ["P", 2, "Y"],
  ["P", 2, "X"],
] as const;

/** Inputs P + R: a tile of 2 outputs and 3 filter taps has 4 words, the next one along P shares 2 of them. */
export const semanticsExamples: readonly SemanticsExample[] = [
  {
    ...sliding,
    rule: "R4",
    what: "the window slides in the innermost loop (P 4): halos are reused",
    given: smallCase(slidingProblem({ P: 8, R: 3 }), [
      { temporal: [["P", 4]] },
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
    ]),
    today: 4 + 3 * 2,
    in2022: 4 + 3 * 2,
    physical: 4 + 3 * 2,
  },
  {
    ...sliding,
    rule: "R4a",
    what: "the same with an irrelevant loop innermost (P 4, K 3): the halo is reused today",
    given: smallCase(slidingProblem({ P: 8, R: 3, K: 3 }), [
      {
        temporal: [
          ["P", 4],
          ["K", 3],
        ],
      },
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
    ]),
    today: 4 + 3 * 2,
    in2022: 4 * 4,
    physical: 4 + 3 * 2,
  },
  {
    ...sliding,
    rule: "R4b",
    what: "an irrelevant loop outside (K 3, P 2): going back to the first tile refetches all of it",
    given: smallCase(slidingProblem({ P: 4, R: 3, K: 3 }), [
      {
        temporal: [
          ["K", 3],
          ["P", 2],
        ],
      },
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
    ]),
    today: 3 * (4 + 2),
    in2022: 3 * (4 + 2),
    physical: 4 + 2 + 2 * (2 + 2),
  },
  {
    ...sliding,
    rule: "R4c",
    what: "one window loop in two (P 2, P 4): the carry refetches",
    given: smallCase(slidingProblem({ P: 16, R: 3 }), [
      { temporal: [["P", 2]] },
      { temporal: [["P", 4]], keeps: [] },
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
    ]),
    today: 2 * (4 + 3 * 2),
    in2022: 2 * (4 + 3 * 2),
    physical: 4 + 7 * 2,
  },
  {
    ...sliding,
    rule: "R4c",
    what: "the same with 2 iterations inside (P 4, P 2): it goes on as if it were one loop",
    given: smallCase(slidingProblem({ P: 16, R: 3 }), [
      { temporal: [["P", 4]] },
      { temporal: [["P", 2]], keeps: [] },
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
    ]),
    today: 4 + 7 * 2,
    in2022: 4 + 7 * 2,
    physical: 4 + 7 * 2,
  },
  {
    ...sliding,
    rule: "R4d",
    what:
      "a carry that looks like a step (P 2, R 5, tile of 2 outputs and 1 tap): it moves back by 2 words, Timeloop " +
      "fetches 1",
    given: smallCase(slidingProblem({ P: 4, R: 5 }), [
      {
        temporal: [
          ["P", 2],
          ["R", 5],
        ],
      },
      { temporal: [["P", 2]] },
    ]),
    today: 2 + 4 + 1 + 4,
    in2022: 2 + 4 + 1 + 4,
    physical: 2 + 4 + 2 + 4,
  },
  {
    ...sliding,
    rule: "R4d",
    what:
      "a carry that looks like none (P 2, R 3, tile of 2 outputs and 2 taps): it moves back by 2 words, today " +
      "nothing is fetched",
    given: smallCase(slidingProblem({ P: 4, R: 6 }), [
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
      {
        temporal: [
          ["P", 2],
          ["R", 2],
        ],
      },
    ]),
    today: 3 + 2 * 2 + 0 + 2 * 2,
    in2022: 3 + 2 * 2 + 3 + 2 * 2,
    physical: 3 + 2 * 2 + 2 + 2 * 2,
  },
  {
    ...sliding,
    rule: "R5",
    what: "children side by side (P 4 in X) whose tiles overlap: each is sent its halo",
    given: smallCase(slidingProblem({ P: 8, R: 3 }), [
      { spatial: [["P", 4, "X"]] },
      {
        temporal: [
          ["P", 2],
          ["R", 3],
        ],
      },
    ]),
    today: 4 * 4,
    in2022: 4 * 4,
    physical: 4 + 3 * 2,
  },
  {
    ...sliding,
    rule: "R6",
    what: "children of one word (P 4 in X) that shift by one in every step (R 3): neighbours hand words over",
    given: smallCase(slidingProblem({ P: 4, R: 3 }), [{ temporal: [["R", 3]], spatial: [["P", 4, "X"]] }, {}]),
    today: 4 + 2 * 1,
    in2022: 4 + 2 * 1,
    physical: 3 * 4,
  },
  {
    ...sliding,
    rule: "R6",
    what: "the same children as 2 x 2: two of them have no neighbour that held their word",
    given: smallCase(slidingProblem({ P: 4, R: 3 }), [{ temporal: [["R", 3]], spatial: square, fanOut: [2, 2] }, {}]),
    today: 4 + 2 * 2,
    in2022: 4 + 2 * 2,
    physical: 3 * 4,
  },
  {
    ...sliding,
    rule: "R6",
    what: "the same 2 x 2 loops on hardware of 4 columns: counted as if all 4 children stood in one row",
    given: smallCase(slidingProblem({ P: 4, R: 3 }), [{ temporal: [["R", 3]], spatial: square, fanOut: [4, 2] }, {}]),
    today: 4 + 2 * 1,
    in2022: 4 + 2 * 1,
    physical: 3 * 4,
  },
  {
    ...sliding,
    rule: "R6",
    what: "4 MACs on one word (K 4 in X, K 2 in time): read once, then taken from neighbours for good",
    given: smallCase(slidingProblem({ P: 1, R: 1, K: 8 }), [{ temporal: [["K", 2]], spatial: [["K", 4, "X"]] }]),
    today: 1,
    in2022: 1,
    physical: 2,
  },
  {
    rule: "R7",
    what: "partial sums that come and go (R 3 outside, P 4): the first visit of each was a fill in 2022",
    given: smallCase(slidingProblem({ P: 4, R: 3 }), [
      {
        temporal: [
          ["R", 3],
          ["P", 4],
        ],
      },
      {},
    ]),
    level: "L1",
    tensor: "Outputs",
    count: "fills",
    today: 2 * 4,
    in2022: 3 * 4,
    physical: 2 * 4,
  },
  {
    ...sliding,
    rule: "R9",
    what: "a level passed by (P 2 in X outside it, R 3 in X inside): words that both halves want are sent twice",
    given: smallCase(slidingProblem({ P: 2, R: 3 }), [
      { spatial: [["P", 2, "X"]] },
      { spatial: [["R", 3, "X"]], keeps: [] },
      {},
    ]),
    today: 2 * 3,
    in2022: 2 * 3,
    physical: 4,
  },
  {
    rule: "R9b",
    what: "hand-over below 2 parents (K 2 in X; P 4 in X, R 3): each child gets 3 words, 2 are counted",
    given: smallCase(slidingProblem({ P: 4, R: 3, K: 2 }), [
      { spatial: [["K", 2, "X"]] },
      { temporal: [["R", 3]], spatial: [["P", 4, "X"]] },
      {},
    ]),
    level: "L2",
    tensor: "Inputs",
    count: "fills",
    today: 8 * 2,
    in2022: 8 * 2,
    physical: 8 * 3,
  },
];

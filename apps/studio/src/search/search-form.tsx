import type { Hardware } from "@loopnest/mapspace";
import { type Objective, type ObjectiveName, objectiveNames } from "@loopnest/optimizers";
import { useState } from "preact/hooks";
import {
  DEFAULT_SAMPLES,
  DEFAULT_STARTS,
  type GivenOptions,
  methodNames,
  methodOptions,
  methodSummaries,
} from "../order/methods.js";
import type { SearchOrder } from "../order/search-order.js";
import { ChoiceField, LimitField, limitOf, NumberField } from "../parts/form-field.js";
import type { Studio } from "../state/studio.js";

interface SearchFormProps {
  readonly studio: Studio;
  readonly busy: boolean;
  readonly onStart: (order: SearchOrder) => void;
}

type LimitName = Exclude<keyof Objective, "name">;

const LIMITS: readonly (readonly [name: LimitName, label: string])[] = [
  ["maxAreaMm2", "Area at most, mm2"],
  ["maxLatencyCycles", "Latency at most, cycles"],
  ["maxEnergyUj", "Energy at most, uJ"],
  ["maxEdp", "EDP at most, uJ x cycles"],
];

const FIRST: Omit<GivenOptions, "within"> = {
  ...{ method: "descent", seed: 1, samples: DEFAULT_SAMPLES, starts: DEFAULT_STARTS, uneven: false },
};

/** What is to be searched, and how. Nothing but what is here decides the answer. */
export function SearchForm({ studio, busy, onStart }: SearchFormProps) {
  const { network, target, drawing } = studio;
  const { sizes } = target.target;
  const [objective, setObjective] = useState<ObjectiveName>("edp");
  const [given, setGiven] = useState(FIRST);
  const [limits, setLimits] = useState<Partial<Record<LimitName, string>>>({});
  const [within, setWithin] = useState("");
  const [held, setHeld] = useState<readonly string[]>([]);
  const { method, samples, starts, seed, uneven } = given;
  const weighsArea = objective === "edap";
  const start = () => {
    const fixed: Hardware = Object.fromEntries(
      sizes.filter(({ name }) => held.includes(name)).map(({ name }) => [name, drawing.hardware[name]!]),
    );
    const share = weighsArea ? null : limitOf(within);
    onStart({
      ...{ workload: network.workload, target, method, fixed },
      options: methodOptions({ ...given, within: share === null ? null : share / 100 }),
      objective: {
        name: objective,
        ...Object.fromEntries(
          LIMITS.flatMap(([name]) => {
            const limit = limitOf(limits[name] ?? "");
            return limit === null ? [] : [[name, limit]];
          }),
        ),
      },
    });
  };
  return (
    <form
      class="sheet form"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <h3>
        {network.workload.name} on {target.target.name}
      </h3>
      <ChoiceField label="Make least" names={objectiveNames} value={objective} onChange={setObjective} />
      <ChoiceField
        label="Method"
        hint={methodSummaries[method]}
        names={methodNames}
        value={method}
        onChange={(name) => setGiven({ ...given, method: name })}
      />
      {method !== "exact" && (
        <NumberField
          label="Samples"
          value={samples}
          least={1}
          onChange={(value) => setGiven({ ...given, samples: value })}
        />
      )}
      {method === "descent" && (
        <NumberField
          label="Starts"
          value={starts}
          least={1}
          onChange={(value) => setGiven({ ...given, starts: value })}
        />
      )}
      <NumberField label="Seed" value={seed} least={-1e9} onChange={(value) => setGiven({ ...given, seed: value })} />
      {method === "exact" && (
        <Check
          checked={uneven}
          text="tensors of a level may be kept apart (with all sizes given)"
          onChange={(checked) => {
            setGiven({ ...given, uneven: checked });
            if (checked) setHeld(sizes.map(({ name }) => name));
          }}
        />
      )}
      <fieldset>
        <legend>Limits</legend>
        {LIMITS.map(([name, label]) => (
          <LimitField
            key={name}
            label={label}
            placeholder="no limit"
            value={limits[name] ?? ""}
            onChange={(text) => setLimits({ ...limits, [name]: text })}
          />
        ))}
        {!weighsArea && (
          <LimitField
            label={`Smallest within so many % of the best ${objective}`}
            placeholder="the best itself"
            value={within}
            onChange={setWithin}
          />
        )}
      </fieldset>
      <fieldset>
        <legend>Sizes that stay as they are</legend>
        {sizes.map(({ name }) => (
          <Check
            key={name}
            checked={held.includes(name)}
            text={`${name} = ${drawing.hardware[name]}`}
            onChange={(checked) => setHeld(checked ? [...held, name] : held.filter((own) => own !== name))}
          />
        ))}
      </fieldset>
      <button type="submit" class="main" disabled={busy}>
        Search
      </button>
    </form>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly text: string;
  readonly onChange: (checked: boolean) => void;
}

function Check({ checked, text, onChange }: CheckProps) {
  return (
    <label>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} /> {text}
    </label>
  );
}

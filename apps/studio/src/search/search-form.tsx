import type { Hardware } from "@loopnest/mapspace";
import { type ObjectiveName, objectiveNames } from "@loopnest/optimizers";
import { useState } from "preact/hooks";
import {
  DEFAULT_SAMPLES,
  DEFAULT_STARTS,
  type MethodName,
  methodNames,
  methodOptions,
  methodSummaries,
} from "../order/methods.js";
import type { SearchOrder } from "../order/search-order.js";
import type { Studio } from "../state/studio.js";

interface SearchFormProps {
  readonly studio: Studio;
  readonly busy: boolean;
  readonly onStart: (order: SearchOrder) => void;
}

/** What is to be searched, and how. Nothing but what is here decides the answer. */
export function SearchForm({ studio, busy, onStart }: SearchFormProps) {
  const { network, target, drawing } = studio;
  const [objective, setObjective] = useState<ObjectiveName>("edp");
  const [method, setMethod] = useState<MethodName>("descent");
  const [samples, setSamples] = useState(DEFAULT_SAMPLES);
  const [starts, setStarts] = useState(DEFAULT_STARTS);
  const [seed, setSeed] = useState(1);
  const [maxArea, setMaxArea] = useState("");
  const [maxLatency, setMaxLatency] = useState("");
  const [held, setHeld] = useState<readonly string[]>([]);
  const start = () => {
    const fixed: Hardware = Object.fromEntries(held.map((name) => [name, drawing.hardware[name]!]));
    onStart({
      ...{ workload: network.workload, target: target.target, method, fixed },
      options: methodOptions(method, seed, samples, Math.min(starts, samples)),
      objective: {
        name: objective,
        ...(Number(maxArea) > 0 && { maxAreaMm2: Number(maxArea) }),
        ...(Number(maxLatency) > 0 && { maxLatencyCycles: Number(maxLatency) }),
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
      <Field label="Make least">
        <select value={objective} onChange={(event) => setObjective(event.currentTarget.value as ObjectiveName)}>
          {objectiveNames.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label="Method" hint={methodSummaries[method]}>
        <select value={method} onChange={(event) => setMethod(event.currentTarget.value as MethodName)}>
          {methodNames.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      {method !== "exact" && <NumberField label="Samples" value={samples} least={1} onChange={setSamples} />}
      {method === "descent" && <NumberField label="Starts" value={starts} least={1} onChange={setStarts} />}
      <NumberField label="Seed" value={seed} least={-1e9} onChange={setSeed} />
      <Field label="Area at most, mm2">
        <input
          inputMode="decimal"
          placeholder="no limit"
          value={maxArea}
          onInput={(e) => setMaxArea(e.currentTarget.value)}
        />
      </Field>
      <Field label="Latency at most, cycles">
        <input
          inputMode="decimal"
          placeholder="no limit"
          value={maxLatency}
          onInput={(e) => setMaxLatency(e.currentTarget.value)}
        />
      </Field>
      <fieldset>
        <legend>Sizes that stay as they are</legend>
        {target.target.sizes.map(({ name }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={held.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                setHeld(checked ? [...held, name] : held.filter((own) => own !== name))
              }
            />{" "}
            {name} = {drawing.hardware[name]}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="main" disabled={busy}>
        Search
      </button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: preact.ComponentChildren;
}

function Field({ label, hint, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label class="field">
      <span>{label}</span>
      {children}
      {hint !== undefined && <small class="quiet">{hint}</small>}
    </label>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, value, least, onChange }: NumberFieldProps) {
  return (
    <Field label={label}>
      <input
        type="number"
        step="1"
        min={least}
        value={value}
        onChange={(event) => onChange(Math.max(least, Math.round(Number(event.currentTarget.value)) || 0))}
      />
    </Field>
  );
}

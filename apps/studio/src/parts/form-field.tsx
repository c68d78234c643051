import type { ComponentChildren } from "preact";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

/** A control with its name above, and a hint below. */
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

/** A whole number. */
export function NumberField({ label, value, least, onChange }: NumberFieldProps) {
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

interface LimitFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A number above 0, or nothing; what is neither is refused before the form is sent. */
export function LimitField({ label, placeholder, value, onChange }: LimitFieldProps) {
  return (
    <Field label={label}>
      <input
        inputMode="decimal"
        placeholder={placeholder}
        value={value}
        onInput={({ currentTarget }) => {
          const { value: text } = currentTarget;
          currentTarget.setCustomValidity(text === "" || limitOf(text) !== null ? "" : "a number above 0, or nothing");
          onChange(text);
        }}
      />
    </Field>
  );
}

/** The number above 0 that a text is; `null` if it is none. */
export function limitOf(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return value > 0 && value < Number.POSITIVE_INFINITY ? value : null;
}

interface ChoiceFieldProps<Name extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly names: readonly Name[];
  readonly value: Name;
  readonly onChange: (name: Name) => void;
}

/** One of several names. */
export function ChoiceField<Name extends string>({ label, hint, names, value, onChange }: ChoiceFieldProps<Name>) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as Name)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

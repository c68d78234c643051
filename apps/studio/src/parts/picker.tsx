interface PickerProps {
  readonly label: string;
  readonly names: readonly string[];
  /** `null` for one of the user's own, which is called `own`. */
  readonly chosen: string | null;
  readonly own: string;
  readonly onChoose: (name: string) => void;
}

/** A choice of one name of several. */
export function Picker({ label, names, chosen, own, onChoose }: PickerProps) {
  return (
    <label class="picker">
      <span>{label}</span>
      <select aria-label={label} value={chosen ?? ""} onChange={(event) => onChoose(event.currentTarget.value)}>
        {chosen === null && (
          <option value="" disabled>
            {own}
          </option>
        )}
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

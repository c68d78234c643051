import { type Architecture, type Bandwidth, fanOut, type Target } from "@loopnest/mapspace";
import { levelColor, percent, quantity, whole } from "@loopnest/report";

/** Instances that are drawn one by one, in columns and rows. */
const MOST_DRAWN = 16;

/** The machine, level by level: arrays as they are, areas and energies as bars to scale, ports with what they carry. */
export function MachineDrawing({
  architecture,
  target,
}: {
  readonly architecture: Architecture;
  readonly target: Target;
}) {
  const { levels, compute } = architecture;
  const areas = [...levels, compute].map(({ areaPerInstanceUm2, instances }) => areaPerInstanceUm2 * instances);
  const area = areas.reduce((sum, own) => sum + own, 0);
  const energies = levels.map(
    ({ readEnergyPj, energyPerVectorAccessPj = 0, blockSize }) => (readEnergyPj ?? energyPerVectorAccessPj) / blockSize,
  );
  const most = Math.max(...energies, compute.energyPj);
  return (
    <ol class="machine" aria-label="The machine, outermost level first">
      {levels.map((level, l) => (
        <li key={level.name} class="level" style={{ "--level": levelColor(l) }}>
          <div class="machine-head">
            <Mesh instances={level.instances} columns={level.meshX} />
            <div>
              <h3>{level.name}</h3>
              <p class="quiet">
                {target.levels[l]?.kind} for {level.keeps.join(", ")}
              </p>
              <p class="quiet">
                {whole(level.instances)} x{" "}
                {level.capacityWords === null ? "no limit" : `${quantity(level.capacityWords)} words`} of{" "}
                {level.wordBits} bits, {whole(level.blockSize)} an access
              </p>
            </div>
          </div>
          <dl class="machine-bars">
            <BarOf
              name="area"
              text={areas[l]! > 0 ? `${quantity(areas[l]! / 1e6)} mm2, ${percent(areas[l]! / area)}` : "none counted"}
              share={area > 0 ? areas[l]! / area : 0}
            />
            <BarOf name="energy of a word" text={`${quantity(energies[l]!)} pJ`} share={energies[l]! / most} />
          </dl>
          <p class="port">
            <span aria-hidden="true">⇅</span> {portText(level.bandwidthWordsPerCycle)}
            {meshText(architecture, l)}
          </p>
        </li>
      ))}
      <li class="level macs">
        <div class="machine-head">
          <Mesh instances={compute.instances} columns={compute.meshX} />
          <div>
            <h3>MAC units</h3>
            <p class="quiet">{whole(compute.instances)} units</p>
          </div>
        </div>
        <dl class="machine-bars">
          <BarOf
            name="area"
            text={
              areas.at(-1)! > 0
                ? `${quantity(areas.at(-1)! / 1e6)} mm2, ${percent(areas.at(-1)! / area)}`
                : "none counted"
            }
            share={area > 0 ? areas.at(-1)! / area : 0}
          />
          <BarOf name="energy of a MAC" text={`${quantity(compute.energyPj)} pJ`} share={compute.energyPj / most} />
        </dl>
      </li>
    </ol>
  );
}

function BarOf({ name, text, share }: { readonly name: string; readonly text: string; readonly share: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="track" aria-hidden="true">
          <span style={{ width: `${100 * share}%` }} />
        </span>
        {text}
      </dd>
    </div>
  );
}

/** Instances in columns and rows, as squares. */
function Mesh({ instances, columns }: { readonly instances: number; readonly columns: number }) {
  const rows = Math.max(1, Math.round(instances / columns));
  const [x, y] = [Math.min(columns, MOST_DRAWN), Math.min(rows, MOST_DRAWN)];
  const pitch = 64 / Math.max(x, y);
  const gap = pitch > 8 ? 2 : 0.8;
  return (
    <svg class="mesh" viewBox="0 0 64 64" role="img" aria-label={`${whole(columns)} columns, ${whole(rows)} rows`}>
      {Array.from({ length: x * y }, (_, i) => (
        <rect
          key={i}
          x={(64 - pitch * x) / 2 + pitch * (i % x) + gap / 2}
          y={(64 - pitch * y) / 2 + pitch * Math.floor(i / x) + gap / 2}
          width={pitch - gap}
          height={pitch - gap}
          rx={pitch / 8}
        />
      ))}
    </svg>
  );
}

/** Words a cycle of one instance. */
function portText(bandwidth: Bandwidth): string {
  if (bandwidth === null) return "ports without limit";
  if ("shared" in bandwidth) return `${quantity(bandwidth.shared)} words a cycle, both ways together`;
  const ways = [
    "read" in bandwidth ? `${quantity(bandwidth.read)} words a cycle out` : "out without limit",
    "write" in bandwidth ? `${quantity(bandwidth.write)} words a cycle in` : "in without limit",
  ];
  return ways.join(", ");
}

function meshText(architecture: Architecture, l: number): string {
  const { x, y } = fanOut(architecture, l);
  return x * y > 1 ? `; to ${whole(x)} columns${y > 1 ? ` and ${whole(y)} rows` : ""} of the next` : "";
}

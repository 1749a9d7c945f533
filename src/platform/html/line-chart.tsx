/** One dot of a line: where it lies on both axes, and how it is drawn. */
type Dot = Readonly<{ at: number; value: number; hollow?: boolean }>

type LineChartProps = Readonly<{
  /** What the picture shows, in a sentence: the table beside it has every number. */
  label: string
  dots: readonly Dot[]
  range: readonly [least: number, most: number]
  /** What stands at the two ends of the time axis. */
  ends: readonly [first: string, last: string]
}>

const wide = 360
const high = 190
const edge = { left: 42, right: 14, top: 12, bottom: 30 }

/** A few numbers over time as one line. The numbers themselves stand in a table beside it. */
export function LineChart({ label, dots, range: [least, most], ends }: LineChartProps) {
  const [from, until] = [Math.min(...dots.map(({ at }) => at)), Math.max(...dots.map(({ at }) => at))]
  const across = (at: number) =>
    edge.left + (until === from ? 0.5 : (at - from) / (until - from)) * (wide - edge.left - edge.right)
  const up = (value: number) =>
    high - edge.bottom - ((value - least) / (most - least)) * (high - edge.top - edge.bottom)
  const points = dots.map(({ at, value }) => `${across(at).toFixed(1)},${up(value).toFixed(1)}`)
  return (
    <svg className="ww-line-chart" viewBox={`0 0 ${wide} ${high}`} role="img" aria-label={label}>
      {[least, (least + most) / 2, most].map((value) => (
        <g key={value}>
          <line x1={edge.left} x2={wide - edge.right} y1={up(value)} y2={up(value)} stroke="#768692" strokeWidth="1" />
          <text x={edge.left - 8} y={up(value) + 4} textAnchor="end" fontSize="13" fill="#212b32">
            {Math.round(value * 10) / 10}
          </text>
        </g>
      ))}
      <polyline points={points.join(' ')} fill="none" stroke="#005eb8" strokeWidth="2.5" />
      {dots.map(({ at, value, hollow }, place) => (
        <circle
          key={place}
          cx={across(at)}
          cy={up(value)}
          r="4.5"
          fill={hollow ? '#ffffff' : '#005eb8'}
          stroke="#005eb8"
          strokeWidth="2.5"
        />
      ))}
      <text x={edge.left} y={high - 8} fontSize="13" fill="#212b32">
        {ends[0]}
      </text>
      {until === from ? null : (
        <text x={wide - edge.right} y={high - 8} textAnchor="end" fontSize="13" fill="#212b32">
          {ends[1]}
        </text>
      )}
    </svg>
  )
}

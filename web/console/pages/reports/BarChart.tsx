import classes from './BarChart.module.css'

interface Bar {
  label: string
  value: number
}

interface BarChartProps {
  /** What the picture shows, in a sentence: the table beside it has the numbers. */
  says: string
  bars: Bar[]
  format: (value: number) => string
}

const height = 120

/** One number over time. A picture only: whoever does not see it reads the table. */
export function BarChart({ says, bars, format }: BarChartProps) {
  const top = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <div className={classes['chart']} role="img" aria-label={says}>
      {bars.map(({ label, value }) => (
        <div key={label} className={classes['column']} title={`${label}: ${format(value)}`} aria-hidden="true">
          <span className={classes['value']}>{value > 0 ? format(value) : ''}</span>
          <span
            className={classes['bar']}
            data-empty={value === 0 || undefined}
            style={{ height: Math.max(2, Math.round((height * value) / top)) }}
          />
          <span className={classes['label']}>{label}</span>
        </div>
      ))}
    </div>
  )
}

import qrcode from 'qrcode-generator'

type QrCodeProps = Readonly<{
  address: string
  /** What a reader who cannot see it is told. */
  label: string
}>

// The quiet edge that cameras need around a code, in its own small squares.
const edge = 4

/** An address as a QR code that also a poor printer prints in black: up to a quarter of it may be lost. */
export function QrCode({ address, label }: QrCodeProps) {
  const code = qrcode(0, 'Q')
  code.addData(address)
  code.make()
  const size = code.getModuleCount()
  const places = Array.from({ length: size }, (_one, place) => place)
  const dark = places.flatMap((row) => places.flatMap((column) => (code.isDark(row, column) ? [[column, row]] : [])))
  const path = dark.map(([x = 0, y = 0]) => `M${x + edge} ${y + edge}h1v1h-1z`).join('')
  const whole = size + 2 * edge
  return (
    <svg className="ww-qr" viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={whole} height={whole} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}

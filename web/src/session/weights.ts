// Weights as a file.
import type { RunInfo, TensorsRead } from '../../../wasm/bridge/protocol';
import { t } from '../i18n';

export const MOST_BYTES = 256 * 2 ** 20; // the core takes no more parameters than that

/** "rnn_lm-names-120.safetensors" */
export const fileName = ({ settings }: RunInfo, step: number) =>
  `${settings.model}-${settings.task}-${step}.safetensors`;

/** What was done with the tensors of a file, in sentences; none where all are used as they are. */
export function toldOf({ f16, bf16, f64, unused, names }: TensorsRead): string[] {
  const converted: [string, number][] = [
    ['F16', f16],
    ['BF16', bf16],
    ['F64', f64],
  ];
  const told = converted
    .filter(([, count]) => count > 0)
    .map(([dtype, count]) => t('file.converted', { dtype, count }));
  const list = names.join(', ');
  const more = unused - names.length;
  if (unused > 0)
    told.push(more > 0 ? t('file.unused.more', { names: list, more }) : t('file.unused', { names: list }));
  return told;
}

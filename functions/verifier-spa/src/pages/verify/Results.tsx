import { Chain } from './Chain';
import { ComposeCard } from './ComposeCard';
import { CertificatesCard } from './CertificatesCard';
import { ChecksCard } from './ChecksCard';
import { FreshnessCard } from './FreshnessCard';
import { QuoteCard } from './QuoteCard';
import { RawCard } from './RawCard';
import { RegistersCard } from './RegistersCard';
import { ShareCard } from './ShareCard';
import { VerdictBanner } from './VerdictBanner';
import type { Finished } from '../../ui/useCheck';

/** Everything about one check: the verdict, then the proof taken apart. */
export function Results({ result }: { result: Finished }) {
  return (
    <>
      <VerdictBanner result={result} />
      <ChecksCard result={result} />
      <div className="cards">
        <QuoteCard result={result} />
        <FreshnessCard result={result} />
        <RegistersCard result={result} />
        <ComposeCard result={result} />
        <CertificatesCard result={result} />
        <Chain result={result} />
        <RawCard result={result} />
        <ShareCard result={result} />
      </div>
    </>
  );
}

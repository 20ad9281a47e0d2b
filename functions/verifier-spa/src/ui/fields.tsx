import { type ReactNode, useId, useRef } from 'react';
import { Button, FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { t } from '../text';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  error?: string | undefined;
  optional?: boolean;
  placeholder?: string;
  type?: 'url' | 'text';
  mono?: boolean;
}

function LabelText({ label, optional }: { label: string; optional?: boolean | undefined }) {
  return (
    <Label>
      {label} {optional === true ? <span className="optional">({t.optional})</span> : null}
    </Label>
  );
}

export function Line({ label, value, onChange, help, error, optional, placeholder, type, mono }: FieldProps) {
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={error !== undefined} type={type === 'url' ? 'url' : 'text'}>
      <LabelText label={label} optional={optional} />
      <Input className={mono === true ? 'mono' : ''} placeholder={placeholder ?? ''} autoComplete="off" spellCheck={false} />
      {help === undefined ? null : (
        <Text slot="description" className="help">
          {help}
        </Text>
      )}
      <FieldError className="error">{error}</FieldError>
    </TextField>
  );
}

/** A large text: typed, pasted, or from a file. */
export function Area({ label, value, onChange, help, error, optional, rows }: FieldProps & { rows?: number }) {
  const file = useRef<HTMLInputElement>(null);
  const read = (list: FileList | null) => {
    const [first] = list ?? [];
    if (first !== undefined && first.size <= 8 * 1024 * 1024) void first.text().then(onChange);
  };
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={error !== undefined}>
      <LabelText label={label} optional={optional} />
      <TextArea className="mono" rows={rows ?? 6} spellCheck={false} autoComplete="off" />
      {help === undefined ? null : (
        <Text slot="description" className="help">
          {help}
        </Text>
      )}
      <FieldError className="error">{error}</FieldError>
      <div className="row">
        <Button className="secondary" onPress={() => file.current?.click()}>
          {t.form.file}
        </Button>
        <input ref={file} type="file" hidden accept=".json,application/json,text/plain" onChange={(event) => read(event.target.files)} />
      </div>
    </TextField>
  );
}

export function Choice({ label, value, onChange, children }: { label: string; value: string; onChange: (value: string) => void; children: ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </div>
  );
}

export const PROFILES = ['locked-read-only', 'debug-read-only', 'debug'] as const;

export function ProfileChoice({ value, onChange, any }: { value: string; onChange: (value: string) => void; any?: boolean }) {
  return (
    <Choice label={t.form.profile} value={value} onChange={onChange}>
      {any === true ? <option value="">{t.form.anyProfile}</option> : null}
      {PROFILES.map((one) => (
        <option key={one} value={one}>
          {t.profiles[one]}
        </option>
      ))}
    </Choice>
  );
}

/** What a unit is in the base unit of its quantity: `value * scale + offset`. */
export interface UnitScale {
  readonly scale: number;
  readonly offset: number;
}

const prefixes: Readonly<Record<string, number>> = {
  Nano: 1e-9,
  Micro: 1e-6,
  Milli: 1e-3,
  Centi: 1e-2,
  Deci: 1e-1,
  Deca: 1e1,
  Hecto: 1e2,
  Kilo: 1e3,
  Mega: 1e6,
  Giga: 1e9,
  Tera: 1e12,
};

/** A unit and its multiples, such as `Meter` and `Kilometer`. */
function multiples(unit: string, scale: number, names: string): Record<string, number> {
  const found: Record<string, number> = { [unit]: scale };
  for (const name of names.split(" "))
    found[name + unit.charAt(0).toLowerCase() + unit.slice(1)] = scale * (prefixes[name] ?? 1);
  return found;
}

const angles: Readonly<Record<string, number>> = {
  ...multiples("Degree", 1, "Nano Micro Milli"),
  ...multiples("Radian", 180 / Math.PI, "Nano Micro Milli Centi Deci"),
  Arcminute: 1 / 60,
  Arcsecond: 1 / 3600,
  Gradian: 0.9,
  NatoMil: 9 / 160,
  Revolution: 360,
  Tilt: 180 / Math.PI,
};

const energies: Readonly<Record<string, number>> = {
  ...multiples("Joule", 1, "Milli Kilo Mega Giga"),
  ...multiples("Calorie", 4.184, "Kilo Mega"),
  ...multiples("BritishThermalUnit", 1055.05585262, "Kilo Mega Giga"),
  ...multiples("ElectronVolt", 1.602176565e-19, "Kilo Mega Giga Tera"),
  ...multiples("WattHour", 3600, "Kilo Mega Giga Tera"),
  ...multiples("WattDay", 86_400, "Kilo Mega Giga Tera"),
  ...multiples("ThermEc", 1.05505585262e8, "Deca"),
  ...multiples("ThermImperial", 1.05505585257348e8, "Deca"),
  ...multiples("ThermUs", 1.054804e8, "Deca"),
  Erg: 1e-7,
  FootPound: 1.355817948,
  HorsepowerHour: 2.6845195377e6,
};

const forces: Readonly<Record<string, number>> = {
  ...multiples("Newton", 1, "Micro Milli Deca Kilo Mega"),
  ...multiples("PoundForce", 4.4482216152605, "Kilo"),
  Dyn: 1e-5,
  KilogramForce: 9.80665002864,
  KiloPond: 9.80665002864,
  OunceForce: 0.2780138509537812,
  Poundal: 0.138254954376,
  ShortTonForce: 8896.443230521,
  TonneForce: 9806.65002864,
};

const lengths: Readonly<Record<string, number>> = {
  ...multiples("Meter", 1, "Nano Micro Milli Centi Deci Deca Hecto Kilo"),
  ...multiples("LightYear", 9.46073047258e15, "Kilo Mega"),
  ...multiples("Parsec", 3.08567758128e16, "Kilo Mega"),
  ...multiples("Inch", 0.0254, "Micro"),
  Angstrom: 1e-10,
  AstronomicalUnit: 1.495978707e11,
  Chain: 20.1168,
  DataMile: 1828.8,
  DtpPica: 0.0254 / 6,
  DtpPoint: 0.0254 / 72,
  Fathom: 1.8288,
  Foot: 0.3048,
  Hand: 0.1016,
  Mil: 2.54e-5,
  Mile: 1609.344,
  NauticalMile: 1852,
  PrinterPica: 1 / 237.106301584,
  PrinterPoint: 0.0254 / 72.27,
  Shackle: 27.432,
  SolarRadius: 6.9551e8,
  Twip: 0.0254 / 1440,
  UsSurveyFoot: 1200 / 3937,
  Yard: 0.9144,
};

const masses: Readonly<Record<string, number>> = {
  ...multiples("Gram", 1e-3, "Nano Micro Milli Centi Deci Deca Hecto Kilo"),
  ...multiples("Tonne", 1e3, "Kilo Mega"),
  ...multiples("Pound", 0.45359237, "Kilo Mega"),
  EarthMass: 5.9722e24,
  Grain: 6.479891e-5,
  LongHundredweight: 50.80234544,
  LongTon: 1016.0469088,
  Ounce: 0.028349523125,
  ShortHundredweight: 45.359237,
  ShortTon: 907.18474,
  Slug: 14.593902937206,
  SolarMass: 1.98947e30,
  Stone: 6.35029318,
};

const times = { Second: 1, Minute: 60, Hour: 3600 };

/** A length in each of the units of time that Kusto names with it. */
function paces(unit: string, length: number, names: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(times).flatMap(([time, seconds]) =>
      names.includes(time) ? [[`${unit}Per${time}`, length / seconds]] : [],
    ),
  );
}

const speeds: Readonly<Record<string, number>> = {
  ...paces("Centimeter", 0.01, "Second Minute Hour"),
  ...paces("Decimeter", 0.1, "Second Minute"),
  ...paces("Foot", 0.3048, "Second Minute Hour"),
  ...paces("Inch", 0.0254, "Second Minute Hour"),
  ...paces("Kilometer", 1000, "Second Minute Hour"),
  ...paces("Meter", 1, "Second Minute Hour"),
  ...paces("Micrometer", 1e-6, "Second Minute"),
  ...paces("Mile", 1609.344, "Hour"),
  ...paces("Millimeter", 1e-3, "Second Minute Hour"),
  ...paces("Nanometer", 1e-9, "Second Minute"),
  ...paces("UsSurveyFoot", 1200 / 3937, "Second Minute Hour"),
  ...paces("Yard", 0.9144, "Second Minute Hour"),
  Knot: 1852 / 3600,
};

const cubicFoot = 0.028316846592;
const usGallon = 0.003785411784;
const imperialGallon = 0.00454609;

const volumes: Readonly<Record<string, number>> = {
  ...multiples("Liter", 1e-3, "Micro Milli Centi Deci Deca Hecto Kilo Mega"),
  ...multiples("CubicMeter", 1, "Hecto Kilo"),
  ...multiples("CubicFoot", cubicFoot, "Hecto Kilo Mega"),
  ...multiples("UsGallon", usGallon, "Deca Deci Hecto Kilo Mega"),
  ...multiples("ImperialGallon", imperialGallon, "Kilo Mega"),
  // As the emulator has it; the acre-foot of the law is 1233.48183754752 cubic metres.
  AcreFoot: 1 / 0.000810714,
  AuTablespoon: 2e-5,
  BoardFoot: cubicFoot / 12,
  CubicCentimeter: 1e-6,
  CubicDecimeter: 1e-3,
  CubicHectometer: 1e6,
  CubicInch: 1.6387064e-5,
  CubicKilometer: 1e9,
  CubicMicrometer: 1e-18,
  CubicMile: 4.16818182544058e9,
  CubicMillimeter: 1e-9,
  CubicYard: 0.764554857984,
  ImperialBeerBarrel: 0.16365924,
  ImperialOunce: imperialGallon / 160,
  ImperialPint: imperialGallon / 8,
  MetricCup: 2.5e-4,
  MetricTeaspoon: 5e-6,
  OilBarrel: 0.158987294928,
  UkTablespoon: 1.5e-5,
  UsBeerBarrel: 0.1173477658,
  UsCustomaryCup: usGallon / 16,
  UsLegalCup: 2.4e-4,
  UsOunce: usGallon / 128,
  UsPint: usGallon / 8,
  UsQuart: usGallon / 4,
  UsTablespoon: usGallon / 256,
  UsTeaspoon: usGallon / 768,
};

const temperatures: Readonly<Record<string, UnitScale>> = {
  Kelvin: { scale: 1, offset: 0 },
  DegreeCelsius: { scale: 1, offset: 273.15 },
  MillidegreeCelsius: { scale: 1e-3, offset: 273.15 },
  DegreeDelisle: { scale: -2 / 3, offset: 373.15 },
  DegreeFahrenheit: { scale: 5 / 9, offset: (459.67 * 5) / 9 },
  DegreeNewton: { scale: 100 / 33, offset: 273.15 },
  DegreeRankine: { scale: 5 / 9, offset: 0 },
  DegreeReaumur: { scale: 5 / 4, offset: 273.15 },
  DegreeRoemer: { scale: 40 / 21, offset: 273.15 - (7.5 * 40) / 21 },
  SolarTemperature: { scale: 5778, offset: 0 },
};

const scales = (factors: Readonly<Record<string, number>>): Readonly<Record<string, UnitScale>> =>
  Object.fromEntries(Object.entries(factors).map(([name, scale]) => [name, { scale, offset: 0 }]));

/** The units of every quantity that Kusto converts, by Kusto's names. */
export const unitTables: Readonly<Record<string, Readonly<Record<string, UnitScale>>>> = {
  angle: scales(angles),
  energy: scales(energies),
  force: scales(forces),
  length: scales(lengths),
  mass: scales(masses),
  speed: scales(speeds),
  temperature: temperatures,
  volume: scales(volumes),
};

//! Moves the sun and its four large planets, step by step.

use std::f64::consts::PI;

const SOLAR_MASS: f64 = 4.0 * PI * PI;
const DAYS_A_YEAR: f64 = 365.24;
const STEP: f64 = 0.01;

struct Body {
    position: [f64; 3],
    velocity: [f64; 3],
    mass: f64,
}

fn body(position: [f64; 3], velocity: [f64; 3], mass: f64) -> Body {
    Body {
        position,
        velocity: velocity.map(|v| v * DAYS_A_YEAR),
        mass: mass * SOLAR_MASS,
    }
}

fn solar_system() -> Vec<Body> {
    let mut bodies = vec![
        body([0.0; 3], [0.0; 3], 1.0),
        body(
            [
                4.841_431_442_464_721,
                -1.160_320_044_027_428_4,
                -0.103_622_044_471_123_11,
            ],
            [
                0.001_660_076_642_744_037,
                0.007_699_011_184_197_404,
                -0.000_069_046_001_697_206_3,
            ],
            0.000_954_791_938_424_326_6,
        ),
        body(
            [
                8.343_366_718_244_58,
                4.124_798_564_124_305,
                -0.403_523_417_114_321_4,
            ],
            [
                -0.002_767_425_107_268_624,
                0.004_998_528_012_349_172,
                0.000_023_041_729_757_376_393,
            ],
            0.000_285_885_980_666_130_8,
        ),
        body(
            [
                12.894_369_562_139_131,
                -15.111_151_401_698_631,
                -0.223_307_578_892_655_73,
            ],
            [
                0.002_964_601_375_647_616,
                0.002_378_471_739_594_809_5,
                -0.000_029_658_956_854_023_756,
            ],
            0.000_043_662_440_433_515_63,
        ),
        body(
            [
                15.379_697_114_850_917,
                -25.919_314_609_987_964,
                0.179_258_772_950_371_18,
            ],
            [
                0.002_680_677_724_903_893_2,
                0.001_628_241_700_382_423,
                -0.000_095_159_225_451_971_59,
            ],
            0.000_051_513_890_204_661_145,
        ),
    ];
    // The sun moves so that the momentum of all is nought.
    for axis in 0..3 {
        let momentum: f64 = bodies.iter().map(|b| b.velocity[axis] * b.mass).sum();
        bodies[0].velocity[axis] = -momentum / SOLAR_MASS;
    }
    bodies
}

fn difference(a: &Body, b: &Body) -> [f64; 3] {
    [
        a.position[0] - b.position[0],
        a.position[1] - b.position[1],
        a.position[2] - b.position[2],
    ]
}

fn square(v: &[f64; 3]) -> f64 {
    v[0] * v[0] + v[1] * v[1] + v[2] * v[2]
}

fn advance(bodies: &mut [Body]) {
    for i in 0..bodies.len() {
        let (left, right) = bodies.split_at_mut(i + 1);
        let a = &mut left[i];
        for b in right {
            let d = difference(a, b);
            let squared = square(&d);
            let magnitude = STEP / (squared * squared.sqrt());
            let (from_a, from_b) = (a.mass * magnitude, b.mass * magnitude);
            for (axis, d) in d.into_iter().enumerate() {
                a.velocity[axis] -= d * from_b;
                b.velocity[axis] += d * from_a;
            }
        }
    }
    for body in bodies {
        for axis in 0..3 {
            body.position[axis] += STEP * body.velocity[axis];
        }
    }
}

fn energy(bodies: &[Body]) -> f64 {
    let mut sum = 0.0;
    for (i, a) in bodies.iter().enumerate() {
        sum += 0.5 * a.mass * square(&a.velocity);
        for b in &bodies[i + 1..] {
            sum -= a.mass * b.mass / square(&difference(a, b)).sqrt();
        }
    }
    sum
}

fn main() {
    let steps = cpu_kernels::argument();
    let mut bodies = solar_system();
    println!("{:.9}", energy(&bodies));
    for _ in 0..steps {
        advance(&mut bodies);
    }
    println!("{:.9}", energy(&bodies));
}

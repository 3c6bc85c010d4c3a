// Moves the sun and its four large planets, step by step.
package main

import (
	"fmt"
	"math"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

const (
	solarMass = 4 * math.Pi * math.Pi
	daysAYear = 365.24
	step      = 0.01
)

// A struct and no array: the compiler keeps small structs in registers, arrays in memory.
type vector struct{ x, y, z float64 }

func (v vector) plus(w vector) vector {
	return vector{v.x + w.x, v.y + w.y, v.z + w.z}
}

func (v vector) minus(w vector) vector {
	return vector{v.x - w.x, v.y - w.y, v.z - w.z}
}

func (v vector) times(f float64) vector {
	return vector{v.x * f, v.y * f, v.z * f}
}

func (v vector) square() float64 {
	return v.x*v.x + v.y*v.y + v.z*v.z
}

type body struct {
	position vector
	velocity vector
	mass     float64
}

func newBody(position, velocity vector, mass float64) body {
	return body{position, velocity.times(daysAYear), mass * solarMass}
}

func solarSystem() []body {
	bodies := []body{
		newBody(vector{}, vector{}, 1),
		newBody(
			vector{4.841431442464721, -1.1603200440274284, -0.10362204447112311},
			vector{0.001660076642744037, 0.007699011184197404, -0.0000690460016972063},
			0.0009547919384243266,
		),
		newBody(
			vector{8.34336671824458, 4.124798564124305, -0.4035234171143214},
			vector{-0.002767425107268624, 0.004998528012349172, 0.000023041729757376393},
			0.0002858859806661308,
		),
		newBody(
			vector{12.894369562139131, -15.111151401698631, -0.22330757889265573},
			vector{0.002964601375647616, 0.0023784717395948095, -0.000029658956854023756},
			0.00004366244043351563,
		),
		newBody(
			vector{15.379697114850917, -25.919314609987964, 0.17925877295037118},
			vector{0.0026806777249038932, 0.001628241700382423, -0.00009515922545197159},
			0.000051513890204661145,
		),
	}
	// The sun moves so that the momentum of all is nought.
	var momentum vector
	for _, b := range bodies {
		momentum = momentum.plus(b.velocity.times(b.mass))
	}
	bodies[0].velocity = momentum.times(-1 / solarMass)
	return bodies
}

func advance(bodies []body) {
	for i := range bodies {
		a := &bodies[i]
		for j := range bodies[i+1:] {
			b := &bodies[i+1+j]
			d := a.position.minus(b.position)
			squared := d.square()
			magnitude := step / (squared * math.Sqrt(squared))
			fromA, fromB := a.mass*magnitude, b.mass*magnitude
			a.velocity = a.velocity.minus(d.times(fromB))
			b.velocity = b.velocity.plus(d.times(fromA))
		}
	}
	for i := range bodies {
		b := &bodies[i]
		b.position = b.position.plus(b.velocity.times(step))
	}
}

func energy(bodies []body) float64 {
	sum := 0.0
	for i := range bodies {
		a := &bodies[i]
		sum += 0.5 * a.mass * a.velocity.square()
		for j := range bodies[i+1:] {
			b := &bodies[i+1+j]
			d := a.position.minus(b.position)
			sum -= a.mass * b.mass / math.Sqrt(d.square())
		}
	}
	return sum
}

func main() {
	steps := kernel.Argument()
	bodies := solarSystem()
	fmt.Printf("%.9f\n", energy(bodies))
	for range steps {
		advance(bodies)
	}
	fmt.Printf("%.9f\n", energy(bodies))
}

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

type vector [3]float64

type body struct {
	position vector
	velocity vector
	mass     float64
}

func newBody(position, velocity vector, mass float64) body {
	for axis := range velocity {
		velocity[axis] *= daysAYear
	}
	return body{position, velocity, mass * solarMass}
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
	for axis := range 3 {
		momentum := 0.0
		for _, b := range bodies {
			momentum += b.velocity[axis] * b.mass
		}
		bodies[0].velocity[axis] = -momentum / solarMass
	}
	return bodies
}

func difference(a, b *body) vector {
	return vector{
		a.position[0] - b.position[0],
		a.position[1] - b.position[1],
		a.position[2] - b.position[2],
	}
}

func square(v *vector) float64 {
	return v[0]*v[0] + v[1]*v[1] + v[2]*v[2]
}

func advance(bodies []body) {
	for i := range bodies {
		a := &bodies[i]
		for j := range bodies[i+1:] {
			b := &bodies[i+1+j]
			d := difference(a, b)
			squared := square(&d)
			magnitude := step / (squared * math.Sqrt(squared))
			fromA, fromB := a.mass*magnitude, b.mass*magnitude
			for axis := range 3 {
				a.velocity[axis] -= d[axis] * fromB
				b.velocity[axis] += d[axis] * fromA
			}
		}
	}
	for i := range bodies {
		b := &bodies[i]
		for axis := range 3 {
			b.position[axis] += step * b.velocity[axis]
		}
	}
}

func energy(bodies []body) float64 {
	sum := 0.0
	for i := range bodies {
		a := &bodies[i]
		sum += 0.5 * a.mass * square(&a.velocity)
		for j := range bodies[i+1:] {
			b := &bodies[i+1+j]
			d := difference(a, b)
			sum -= a.mass * b.mass / math.Sqrt(square(&d))
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

// Answers with a text and with the receipts of orders, by Fiber, at the address that is its argument.
package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v3"

	"comparisons.example/rust-vs-go/lab/http-cpu/go/orders"
)

func text(c fiber.Ctx) error {
	return c.SendString("Hello, world!")
}

func order(c fiber.Ctx) error {
	var order orders.Order
	if err := c.Bind().JSON(&order); err != nil {
		return fiber.NewError(fiber.StatusBadRequest, err.Error())
	}
	return c.JSON(order.Receipt())
}

func main() {
	app := fiber.New(fiber.Config{BodyLimit: orders.MaxBytes})
	app.Get("/text", text)
	app.Post("/orders", order)
	log.Fatal(app.Listen(os.Args[1], fiber.ListenConfig{DisableStartupMessage: true}))
}

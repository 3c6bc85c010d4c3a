//! An order is shipped before it is paid: the compiler refuses the program.

struct Draft {
    id: u32,
}

struct Paid {
    id: u32,
}

impl Draft {
    fn pay(self) -> Paid {
        Paid { id: self.id }
    }
}

impl Paid {
    fn ship(self) {
        println!("order {} shipped", self.id);
    }
}

fn main() {
    let paid = Draft { id: 7 }.pay();
    paid.ship();
    let unpaid = Draft { id: 8 };
    unpaid.ship();
}

//! An order goes from draft to paid to shipped; each state is a type of its own.

// region: states
struct Draft {
    id: u32,
}

struct Paid {
    id: u32,
    receipt: String,
}

struct Shipped {
    id: u32,
    tracking: String,
}
// endregion

// region: transitions
impl Draft {
    fn pay(self, receipt: &str) -> Paid {
        Paid {
            id: self.id,
            receipt: receipt.to_owned(),
        }
    }
}

impl Paid {
    fn ship(self, tracking: &str) -> Shipped {
        Shipped {
            id: self.id,
            tracking: tracking.to_owned(),
        }
    }
}
// endregion

fn main() {
    let order = Draft { id: 7 };
    let order = order.pay("R-1815");
    println!("order {} paid, receipt {}", order.id, order.receipt);
    let order = order.ship("T-42");
    println!("order {} shipped, tracking {}", order.id, order.tracking);
}

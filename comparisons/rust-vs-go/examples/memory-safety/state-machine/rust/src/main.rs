//! An order goes from draft to paid to shipped; each state is a type of its own.

// region: states
struct Draft {
    id: u32,
}

#[must_use]
struct Paid {
    id: u32,
    receipt: String,
}

struct Shipped {
    paid: Paid,
    tracking: String,
}
// endregion

// region: transitions
impl Draft {
    fn pay(self, receipt: impl Into<String>) -> Paid {
        Paid {
            id: self.id,
            receipt: receipt.into(),
        }
    }
}

impl Paid {
    fn ship(self, tracking: impl Into<String>) -> Shipped {
        Shipped {
            paid: self,
            tracking: tracking.into(),
        }
    }
}
// endregion

fn main() {
    let order = Draft { id: 7 };
    let order = order.pay("R-1815");
    println!("order {} paid, receipt {}", order.id, order.receipt);
    let order = order.ship("T-42");
    println!(
        "order {} shipped, tracking {}",
        order.paid.id, order.tracking
    );
}

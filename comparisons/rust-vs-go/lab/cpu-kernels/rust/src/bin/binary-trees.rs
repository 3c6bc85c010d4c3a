//! Makes and counts many short-lived trees beside one that stays.

#[derive(Default)]
struct Tree {
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn new(depth: u32) -> Box<Tree> {
        if depth == 0 {
            return Box::default();
        }
        Box::new(Tree {
            left: Some(Tree::new(depth - 1)),
            right: Some(Tree::new(depth - 1)),
        })
    }

    fn count(&self) -> u64 {
        1 + self.left.as_deref().map_or(0, Tree::count)
            + self.right.as_deref().map_or(0, Tree::count)
    }
}

fn main() {
    let largest = cpu_kernels::argument() as u32;
    println!("stretch {}", Tree::new(largest + 1).count());
    let long_lived = Tree::new(largest);
    for depth in (4..=largest).step_by(4) {
        let trees = 1_u64 << (largest - depth + 4);
        let nodes: u64 = (0..trees).map(|_| Tree::new(depth).count()).sum();
        println!("{trees} of depth {depth}: {nodes}");
    }
    println!("long-lived {}", long_lived.count());
}

//! `cargo xtask …`: everything that is done to Rounds from a shell.
mod build; mod interrupt; mod layout; mod program; mod progress; mod setup;
use anyhow::Result;
fn main() -> Result<()> {
    progress::begin();
    interrupt::listen()?;
    let layout = layout::Layout::find()?;
    let tools = setup::prepare(&layout, setup::Need::Test)?;
    progress::step("set up");
    build::app(&layout, &tools, build::Profile::Release)?;
    progress::step("done");
    Ok(())
}

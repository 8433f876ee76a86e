import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ComponentType, Component as ReactComponent, type ReactNode } from "react";
import { MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { Later, later } from "./later";

class Above extends ReactComponent<{ children: ReactNode }, { message?: string }> {
  override state: { message?: string } = {};
  static getDerivedStateFromError = (error: Error) => ({ message: error.message });
  override render = () => this.state.message ?? this.props.children;
}

function show(Shown: ComponentType) {
  render(
    <Above>
      <MemoryRouter>
        <Routes>
          <Route element={<Later />}>
            <Route path="/" element={<Shown />} />
          </Route>
        </Routes>
      </MemoryRouter>
    </Above>,
  );
}

// React reports what a boundary has caught.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

test("a page that comes later is waited for", async () => {
  show(later(async () => ({ Hello: () => <p>Hello</p> }), "Hello"));
  expect(screen.getByText("Loading this page")).toBeTruthy();
  expect(await screen.findByText("Hello")).toBeTruthy();
});

test("one that does not come says so, and can be asked for again", async () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { ...location, reload });
  show(later(() => Promise.reject<{ Hello: ComponentType }>(new TypeError("gone")), "Hello"));
  expect(await screen.findByText("This page could not be loaded")).toBeTruthy();
  await userEvent.setup().click(screen.getByRole("button", { name: "Try again" }));
  expect(reload).toHaveBeenCalledOnce();
});

test("what else breaks in a page is not taken for that", async () => {
  function Broken(): ReactNode {
    throw new Error("a mistake of ours");
  }
  show(later(async () => ({ Broken }), "Broken"));
  expect(await screen.findByText("a mistake of ours")).toBeTruthy();
});

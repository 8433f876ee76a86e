import { createContext, type ReactNode, useContext } from "react";
import type { Auth } from "../auth.js";

const AuthContext = createContext<Auth | undefined>(undefined);

export interface AuthProviderProps {
  auth: Auth;
  children: ReactNode;
}

/** Makes the client known to everything below. */
export function AuthProvider({ auth, children }: AuthProviderProps): ReactNode {
  return <AuthContext value={auth}>{children}</AuthContext>;
}

/** The client. Throws where no `AuthProvider` is above. */
export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) throw new Error("useAuth needs an <AuthProvider auth={...}> above it");
  return auth;
}

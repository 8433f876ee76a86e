import { createAuth } from "./auth";
import { useSession } from "./auth/react";

export const auth = createAuth({ base: "/api/" });

export const useAuth = () => useSession(auth);

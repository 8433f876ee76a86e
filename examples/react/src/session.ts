import { createAuth } from "./auth";
import { useSession } from "./auth/react";
import { server } from "./paths";

export const auth = createAuth({ base: `${server}/api/` });

export const useAuth = () => useSession(auth);

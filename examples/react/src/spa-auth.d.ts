/** Written by `manage.py spa_auth_types`: this project's fields. Do not edit. */
import "django-spa-auth";

declare module "django-spa-auth" {
  interface Register {
    user: {
      id: string;
      username: string | null;
      email: string | null;
      emailVerified: boolean;
      firstName: string;
      lastName: string;
      isStaff: boolean;
    };
    signup: {
      email: string;
      password: string;
      username: string;
    };
    profile: {
      username: string;
      firstName: string;
      lastName: string;
    };
    profileChange: {
      username?: string;
      firstName?: string;
      lastName?: string;
    };
  }
}

package io.cordon.server.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The local users. */
@ApplicationScoped
class Users implements PanacheRepositoryBase<UserEntity, String> {

    static String[] names(Set<Role> roles) {
        return roles.stream().map(Role::wire).sorted().toArray(String[]::new);
    }

    /** Administrators that can sign in, apart from that user. */
    long otherAdministrators(String name) {
        return find("name <> ?1 and not disabled", name).stream()
                .filter(user -> List.of(user.roles).contains(Role.ADMINISTRATOR.wire()))
                .count();
    }
}

package io.cordon.server.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The local users. */
@ApplicationScoped
class Users implements PanacheRepositoryBase<UserEntity, String> {

    /** Administrators that can sign in, apart from that user. */
    long otherAdministrators(String name) {
        return find("name <> ?1 and not disabled", name).stream()
                .filter(user -> java.util.List.of(user.roles).contains(Role.ADMINISTRATOR.wire()))
                .count();
    }
}

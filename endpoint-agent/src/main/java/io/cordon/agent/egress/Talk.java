package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Until it is clear what the client wants. */
final class Talk implements Phase {
    private final ClientConnection connection;
    private final Shared shared;
    private final SocketChannel client;
    private final Inbox in;
    private @Nullable EgressRun carried;
    private @Nullable Dialogue dialogue;

    Talk(ClientConnection connection, Shared shared, SocketChannel client, Inbox in) {
        this.connection = connection;
        this.shared = shared;
        this.client = client;
        this.in = in;
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (!in.receive(shared.limits().head())) {
            connection.failed("the client went away");
            return;
        }
        if (!announced()) {
            return;
        }
        Dialogue talking = dialogue;
        if (talking == null) {
            talking = begin();
            dialogue = talking;
        }
        if (talking != null) {
            converse(talking);
        } else if (!in.isEmpty() && carried == null) {
            connection.failed("neither HTTP nor SOCKS5");
        } else if (!in.isEmpty()) {
            HttpDialogue answer =
                    new HttpDialogue(shared.runs(), carried, shared.limits().head());
            connection.refuseOdd(answer.unknown(), answer);
        }
    }

    /** Takes the announcement of a relay off; false when the rest of it is still to come, or it was a wrong one. */
    private boolean announced() {
        if (dialogue != null || carried != null || in.isEmpty() || !Hello.begins(in.first())) {
            return true;
        }
        Hello.Result said = Hello.read(in.take(), shared.runs());
        in.taken();
        if (said instanceof Hello.Result.Said named) {
            carried = named.run().orElse(null);
            if (carried == null) {
                shared.stranger();
                connection.failed("announced for no run that is under way");
                return false;
            }
            return !in.isEmpty();
        }
        return false;
    }

    private @Nullable Dialogue begin() {
        if (in.isEmpty()) {
            return null;
        }
        byte first = in.first();
        if (first == Socks5.VERSION) {
            return new SocksDialogue(shared.runs(), carried);
        }
        return first >= 'A' && first <= 'Z'
                ? new HttpDialogue(shared.runs(), carried, shared.limits().head())
                : null;
    }

    private void converse(Dialogue talking) throws IOException {
        ByteBuffer heard = in.take();
        Dialogue.Step step = talking.next(heard);
        while (step instanceof Dialogue.Step.Say say) {
            // A few bytes into an empty socket: whoever does not take them is not answered.
            if (client.write(ByteBuffer.wrap(say.what())) < say.what().length) {
                throw new IOException("the client takes no answer");
            }
            step = talking.next(heard);
        }
        in.taken();
        if (step instanceof Dialogue.Step.Go go) {
            connection.go(go.asked(), talking);
        } else if (step instanceof Dialogue.Step.Refuse refuse) {
            connection.refuseOdd(refuse, talking);
        } else if (in.isFull(shared.limits().head())) {
            throw new IOException("the client says too much");
        }
    }

    @Override
    public void late() {
        connection.cut("the request did not come in time");
    }
}

package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Says a last word, and gives the client a moment to read it: a reset would take it away. */
final class Farewell implements Phase {
    private final ClientConnection connection;
    private final Buffers buffers;
    private final SocketChannel client;
    private final SelectionKey key;
    private final ByteBuffer word;
    private boolean said;

    Farewell(ClientConnection connection, Buffers buffers, SocketChannel client, SelectionKey key, byte[] word) {
        this.connection = connection;
        this.buffers = buffers;
        this.client = client;
        this.key = key;
        this.word = ByteBuffer.wrap(word);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        leave();
    }

    void leave() throws IOException {
        client.write(word);
        if (!word.hasRemaining() && !said) {
            said = true;
            client.shutdownOutput();
        }
        ByteBuffer rest = buffers.take();
        int count;
        try {
            count = client.read(rest);
        } finally {
            buffers.give(rest);
        }
        if (count < 0) {
            connection.left();
        } else {
            key.interestOps(SelectionKey.OP_READ | (said ? 0 : SelectionKey.OP_WRITE));
        }
    }

    @Override
    public void late() {
        connection.left();
    }
}

package io.cordon.agent.os.windows.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a pipe: what was written can be read after the writer has closed. */
final class ByteQueue {
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int read;
    private boolean ended;

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void put(byte[] chunk) throws IOException {
        if (ended) {
            throw new IOException("the pipe has been ended");
        }
        chunks.add(chunk);
        notifyAll();
    }

    private synchronized int take(byte[] into, int offset, int length) throws IOException {
        while (chunks.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        if (chunks.isEmpty()) {
            return -1;
        }
        byte[] chunk = chunks.element();
        int count = Math.min(length, chunk.length - read);
        System.arraycopy(chunk, read, into, offset, count);
        read += count;
        if (read == chunk.length) {
            chunks.remove();
            read = 0;
        }
        return count;
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : take(into, offset, length);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                put(new byte[] {(byte) value});
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                if (length > 0) {
                    put(java.util.Arrays.copyOfRange(from, offset, offset + length));
                }
            }
        };
    }
}

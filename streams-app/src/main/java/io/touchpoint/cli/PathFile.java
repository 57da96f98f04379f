package io.touchpoint.cli;

import io.touchpoint.domain.attribution.PathCount;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Path counts in a file of comma-separated values with the columns {@code path}, {@code total_conversions} and {@code total_null}, as the R package
 * ChannelAttribution names them. The channels of a path stand between {@code >}; {@code ,}, {@code >}, {@code "}, {@code %} and line breaks within their
 * names are percent-encoded.
 */
final class PathFile {

    private static final String PATH = "path";
    private static final String CONVERSIONS = "total_conversions";
    private static final String NULLS = "total_null";
    private static final String ENCODED = "%,>\"\r\n";

    private PathFile() {}

    /**
     * Reads a file; columns with other names are left out, and without a {@code total_null} every path converts.
     *
     * @throws IllegalArgumentException when it cannot be read or is no such file; the message says where and what was expected
     */
    static Map<List<String>, PathCount> read(Path file) {
        try {
            var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty()) {
                throw new IllegalArgumentException(file + ": empty (expected: a line that names the columns)");
            }
            var columns = fields(lines.get(0));
            int path = column(file, columns, PATH);
            int conversions = column(file, columns, CONVERSIONS);
            int nulls = columns.indexOf(NULLS);
            Map<List<String>, PathCount> paths = new LinkedHashMap<>();
            for (int i = 1; i < lines.size(); i++) {
                var fields = fields(lines.get(i));
                if (lines.get(i).isBlank()) {
                    continue;
                }
                var at = file + ":" + (i + 1) + ": ";
                if (fields.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            at + fields.size() + " columns (expected: " + columns.size() + ")");
                }
                paths.merge(
                        channels(at, fields.get(path)),
                        new PathCount(
                                number(at + CONVERSIONS, fields.get(conversions)),
                                nulls < 0 ? 0 : number(at + NULLS, fields.get(nulls))),
                        PathCount::plus);
            }
            return paths;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": not a text in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
    }

    private static int column(Path file, List<String> columns, String name) {
        if (!columns.contains(name)) {
            throw new IllegalArgumentException(file + ":1: no column " + name + " (found: " + columns + ")");
        }
        return columns.indexOf(name);
    }

    private static List<String> fields(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .map(field -> field.length() > 1 && field.startsWith("\"") && field.endsWith("\"")
                        ? field.substring(1, field.length() - 1)
                        : field)
                .toList();
    }

    private static List<String> channels(String at, String path) {
        var channels = Arrays.stream(path.split(">", -1))
                .map(String::strip)
                .map(PathFile::decoded)
                .toList();
        if (channels.contains("")) {
            throw new IllegalArgumentException(at + PATH + ": \"" + path + "\" (expected: channels between >)");
        }
        return channels;
    }

    /** Whole numbers, also written as {@code 3.0}. */
    private static long number(String at, String text) {
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number == Math.rint(number) && number < 1e15) {
                return (long) number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(at + ": \"" + text + "\" (expected: a whole number, 0 or more)");
    }

    /** Writes a file that {@link #read} reads, the paths by name. */
    static void write(Path file, Map<List<String>, PathCount> paths) throws IOException {
        List<String> lines = new ArrayList<>();
        paths.forEach(
                (path, count) -> lines.add(path.stream().map(PathFile::encoded).collect(Collectors.joining(" > ")) + ","
                        + count.conversions() + "," + count.nulls()));
        lines.sort(null);
        lines.add(0, String.join(",", PATH, CONVERSIONS, NULLS));
        Files.write(file, lines);
    }

    private static String encoded(String channel) {
        var encoded = new StringBuilder();
        for (char c : channel.toCharArray()) {
            encoded.append(ENCODED.indexOf(c) < 0 ? Character.toString(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }

    private static String decoded(String channel) {
        var decoded = channel;
        // The escape of the escape comes last, or what it stood for would be taken for another.
        for (char c : "\n\r\">,%".toCharArray()) {
            decoded = decoded.replace(String.format("%%%02X", (int) c), Character.toString(c));
        }
        return decoded;
    }
}

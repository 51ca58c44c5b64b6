import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows of a table, how many different counts of columns they have, Arabic letters, and characters that stand for lost ones. */
class Rows {
    public static void main(String[] arguments) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setMaxCharsPerColumn(1_000_000);
        List<String[]> rows = new CsvParser(settings).parseAll(new File(arguments[0]), "UTF-8");
        Set<Integer> columns = new HashSet<>();
        long arabic = 0, replaced = 0;
        for (String[] row : rows) {
            columns.add(row.length);
            for (String cell : row) {
                if (cell == null) continue;
                arabic += cell.chars().filter(c -> c >= 0x600 && c <= 0x6FF).count();
                replaced += cell.chars().filter(c -> c == 0xFFFD).count();
            }
        }
        System.out.println(rows.size() + " " + columns.size() + " " + arabic + " " + replaced);
    }
}

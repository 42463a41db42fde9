using System.Globalization;
using System.Text;

namespace FunctionTune.TrialClient.Json;

/// <summary>
/// Reads JSON text (RFC 8259) into dictionaries, lists, strings, <see cref="JsonNumber"/>, booleans and null.
/// It is here because netstandard2.0 has no JSON of its own and a trial must not drag packages along.
/// </summary>
internal sealed class JsonReader
{
    private const int MaxDepth = 512;

    private readonly string _text;
    private int _at;
    private int _depth;

    private JsonReader(string text) => _text = text;

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="FormatException">The text is not JSON; the message says where.</exception>
    public static object? Read(string text)
    {
        var reader = new JsonReader(text);
        object? value = reader.Value();
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Unexpected("the end of the text");
    }

    private object? Value()
    {
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return Nested(Object);
            case '[':
                return Nested(Array);
            case '"':
                return String();
            case 't':
                return Word("true", true);
            case 'f':
                return Word("false", false);
            case 'n':
                return Word("null", null);
            default:
                return Number();
        }
    }

    private object Nested(Func<object> read)
    {
        if (++_depth > MaxDepth)
        {
            throw Unexpected($"at most {MaxDepth.ToString(CultureInfo.InvariantCulture)} levels of nesting");
        }

        _at++;
        object value = read();
        _depth--;
        return value;
    }

    private Dictionary<string, object?> Object()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (bool more = !Take('}'); more; more = !Ends('}'))
        {
            SkipSpace();
            string name = String();
            if (members.ContainsKey(name))
            {
                throw Unexpected($"each name once, but \"{name}\" comes twice,");
            }

            Require(':');
            members.Add(name, Value());
        }

        return members;
    }

    private List<object?> Array()
    {
        var items = new List<object?>();
        for (bool more = !Take(']'); more; more = !Ends(']'))
        {
            items.Add(Value());
        }

        return items;
    }

    private bool Ends(char close)
    {
        if (Take(','))
        {
            return false;
        }

        Require(close);
        return true;
    }

    private string String()
    {
        Require('"');
        var text = new StringBuilder();
        while (Peek() != '"')
        {
            char c = Peek();
            if (c < ' ')
            {
                throw Unexpected("a character of a string");
            }

            _at++;
            text.Append(c == '\\' ? Escaped() : c);
        }

        _at++;
        return text.ToString();
    }

    private char Escaped()
    {
        char c = Peek();
        int simple = "\"\\/bfnrt".IndexOf(c);
        if (simple >= 0)
        {
            _at++;
            return "\"\\/\b\f\n\r\t"[simple];
        }

        string digits = c == 'u' && _at + 5 <= _text.Length ? _text.Substring(_at + 1, 4) : "";
        if (ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            _at += 5;
            return (char)code;
        }

        throw Unexpected("an escape such as \\n or \\u00e9");
    }

    private JsonNumber Number()
    {
        int start = _at;
        Skip('-');
        if (!Skip('0'))
        {
            Digits();
        }

        if (Skip('.'))
        {
            Digits();
        }

        if (Skip('e') || Skip('E'))
        {
            _ = Skip('+') || Skip('-');
            Digits();
        }

        return new(_text.Substring(start, _at - start));
    }

    private void Digits()
    {
        int start = _at;
        while (Peek() is >= '0' and <= '9')
        {
            _at++;
        }

        if (_at == start)
        {
            throw Unexpected("a value");
        }
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            throw Unexpected("a value");
        }

        _at += word.Length;
        return value;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Skip(char c)
    {
        bool found = Peek() == c;
        _at += found ? 1 : 0;
        return found;
    }

    private bool Take(char c)
    {
        SkipSpace();
        return Skip(c);
    }

    private void Require(char c)
    {
        if (!Take(c))
        {
            throw Unexpected($"'{c}'");
        }
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private FormatException Unexpected(string expected)
    {
        string found = _at < _text.Length ? $"'{_text[_at]}'" : "the end";
        return new(
            $"expected {expected} at character {(_at + 1).ToString(CultureInfo.InvariantCulture)}, found {found}"
        );
    }
}

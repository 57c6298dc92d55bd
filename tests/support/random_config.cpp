#include "tests/support/random_config.h"

#include "core/config/knob_table.h"

#include <random>
#include <string>

namespace headroom::test {
namespace {

class Draw {
public:
    explicit Draw(std::uint64_t seed) : generator_(seed) {}

    KnobValue value(const Knob& knob) {
        switch (knob.type) {
        case KnobType::Integer:
            return integer(knob);
        case KnobType::Real:
            return real(knob.min, knob.max);
        case KnobType::Boolean:
            return below(2) == 1;
        case KnobType::Text:
            return text();
        case KnobType::Choice:
            return knob.choices[below(knob.choices.size())];
        case KnobType::IntegerList: {
            std::vector<int> list(below(5));
            for (int& element : list)
                element = static_cast<int>(integer(knob));
            return list;
        }
        case KnobType::TextList:
            return names();
        case KnobType::Validation:
            break;
        }
        switch (below(3)) {
        case 0:
            return std::string("musdb18");
        case 1:
            return real(0.01, 0.99);
        default:
            return names();
        }
    }

private:
    std::size_t below(std::size_t limit) { return generator_() % limit; }
    std::int64_t integer(const Knob& knob) {
        return std::uniform_int_distribution<std::int64_t>(static_cast<std::int64_t>(knob.min),
                                                           static_cast<std::int64_t>(knob.max))(generator_);
    }
    double real(double min, double max) {
        return below(4) == 0 ? min : std::uniform_real_distribution<double>(min, max)(generator_);
    }
    std::string text() {
        const char* const pieces[] = {"a",  "B",    " ", ":",  "#",  "'",    "\"", "\\", "[",   "{",
                                      "- ", "한글", "😀", "\n", "\t", "true", "no", "~",  "5",   "%",
                                      "&",  "*",    "!", "|",  ">",  "\x7f", "",   ",",  "\x01"};
        std::string text;
        for (std::size_t i = below(6); i > 0; --i)
            text += pieces[below(std::size(pieces))];
        return text;
    }
    std::vector<std::string> names() {
        std::vector<std::string> list;
        for (std::size_t i = below(4); i < 4; ++i)
            list.push_back(text() + std::to_string(i));
        return list;
    }

    std::mt19937_64 generator_;
};

} // namespace

RunConfig randomConfig(std::uint64_t seed) {
    Draw draw(seed);
    RunConfig config;
    for (const Knob& knob : knobTable())
        knob.set(config, draw.value(knob));
    return config;
}

} // namespace headroom::test

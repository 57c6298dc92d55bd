// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/random_config.h"

#include "core/config/option_table.h"

#include <random>
#include <string>

namespace headroom::test {
namespace {

class Draw {
public:
    explicit Draw(std::uint64_t seed) : generator_(seed) {}

    OptionValue value(const Option& option) {
        switch (option.type) {
        case OptionType::Integer:
            return integer(option);
        case OptionType::Real:
            return real(option.min, option.max);
        case OptionType::Boolean:
            return below(2) == 1;
        case OptionType::Text:
            return text();
        case OptionType::Choice:
            return option.choices[below(option.choices.size())];
        case OptionType::IntegerList: {
            std::vector<int> list(below(5));
            for (int& element : list)
                element = static_cast<int>(integer(option));
            return list;
        }
        case OptionType::TextList:
            return names();
        case OptionType::Validation:
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
    std::int64_t integer(const Option& option) {
        return std::uniform_int_distribution<std::int64_t>(static_cast<std::int64_t>(option.min),
                                                           static_cast<std::int64_t>(option.max))(generator_);
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
    for (const Option& option : optionTable())
        if (option.appliesTo(config.model.kind))
            option.set(config, draw.value(option));
    return config;
}

} // namespace headroom::test

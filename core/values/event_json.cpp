// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/event_json.h"

#include "core/support/error.h"
#include "core/values/event_fields.h"
#include "core/values/event_time.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

/// Writes each visited field to a JSON object.
class FieldWriter {
public:
    explicit FieldWriter(Json& object) : object_(object) {}
    template <typename Field>
    void operator()(const char* name, const Field& field) {
        object_[name] = toJson(field);
    }

private:
    template <typename Value>
    static Json toJson(const Value& value) {
        return value;
    }
    static Json toJson(double number) {
        if (std::isnan(number))
            return "NaN";
        if (std::isinf(number))
            return number > 0 ? "Infinity" : "-Infinity";
        return number;
    }
    template <typename Value>
    static Json toJson(const std::optional<Value>& value) {
        return value ? toJson(*value) : Json();
    }
    static Json toJson(MemoryUse use) {
        Json object;
        FieldWriter writer(object);
        visitFields(use, writer);
        return object;
    }
    static Json toJson(const std::map<std::string, StemScore>& stems) {
        Json object = Json::object();
        for (auto [stem, score] : stems) {
            FieldWriter writer(object[stem]);
            visitFields(score, writer);
        }
        return object;
    }

    Json& object_;
};

/// Reads each visited field from a JSON object.
class FieldReader {
public:
    explicit FieldReader(const Json& object) : object_(object) {}
    template <typename Field>
    void operator()(const char* name, Field& field) {
        fromJson(object_.at(name), field);
    }
    /// Journals of older versions lack optional fields.
    template <typename Value>
    void operator()(const char* name, std::optional<Value>& field) {
        if (object_.contains(name) && !object_.at(name).is_null())
            fromJson(object_.at(name), field.emplace());
    }

private:
    template <typename Value>
    static void fromJson(const Json& json, Value& value) {
        if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) {
            if (!json.is_number_integer() || !std::in_range<Value>(json.get<std::int64_t>()))
                throw Error(ErrorKind::Input, "expected a whole number");
        }
        value = json.get<Value>();
    }
    static void fromJson(const Json& json, double& number) {
        if (json.is_number())
            number = json.get<double>();
        else if (json == "NaN")
            number = std::numeric_limits<double>::quiet_NaN();
        else if (json == "Infinity" || json == "-Infinity")
            number = std::numeric_limits<double>::infinity() * (json == "Infinity" ? 1 : -1);
        else
            throw Error(ErrorKind::Input, "expected a number");
    }
    template <typename Element>
    static void fromJson(const Json& json, std::vector<Element>& elements) {
        if (!json.is_array())
            throw Error(ErrorKind::Input, "expected a list");
        for (const Json& element : json)
            fromJson(element, elements.emplace_back());
    }
    static void fromJson(const Json& json, MemoryUse& use) {
        if (!json.is_object())
            throw Error(ErrorKind::Input, "expected an object");
        FieldReader reader(json);
        visitFields(use, reader);
    }
    static void fromJson(const Json& json, std::map<std::string, StemScore>& stems) {
        if (!json.is_object())
            throw Error(ErrorKind::Input, "expected an object");
        for (const auto& [stem, scores] : json.items()) {
            FieldReader reader(scores);
            visitFields(stems[stem], reader);
        }
    }

    const Json& object_;
};

/// Reads the event with this name; searches the alternatives of the variant from Index on.
template <std::size_t Index = 0>
TrainingEvent readEvent(const std::string& name, const Json& json) {
    if constexpr (Index == std::variant_size_v<TrainingEvent>) {
        throw Error(ErrorKind::Input, fmt::format("unknown event '{}'", name));
    } else {
        using Event = std::variant_alternative_t<Index, TrainingEvent>;
        if (name != eventName<Event>)
            return readEvent<Index + 1>(name, json);
        Event event;
        FieldReader reader(json);
        visitFields(event, reader);
        return event;
    }
}

} // namespace

std::string toJsonLine(const TrainingEvent& event, EventTime time) {
    Json json;
    std::visit(
        [&](auto copy) {
            json["event"] = eventName<decltype(copy)>;
            json["time"] = formatEventTime(time);
            FieldWriter writer(json);
            visitFields(copy, writer);
        },
        event);
    // File names may be invalid UTF-8, a line must not.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TimedEvent fromJsonLine(std::string_view line) {
    try {
        const Json json = Json::parse(line);
        const auto time = parseEventTime(json.at("time").get<std::string>());
        if (!time)
            throw Error(ErrorKind::Input, "invalid time");
        return {*time, readEvent(json.at("event").get<std::string>(), json)};
    } catch (const Json::exception&) {
        throw Error(ErrorKind::Input, "invalid JSON for an event");
    }
}

EventLines fromJsonLines(std::string_view text) {
    EventLines lines;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) {
            lines.notes.push_back(fmt::format("Line {} is incomplete and was skipped.", number));
            break;
        }
        try {
            lines.events.push_back(fromJsonLine(text.substr(0, end)));
        } catch (const Error& error) {
            lines.notes.push_back(fmt::format("Line {} was skipped: {}.", number, error.what()));
        }
        text.remove_prefix(end + 1);
    }
    return lines;
}

} // namespace headroom

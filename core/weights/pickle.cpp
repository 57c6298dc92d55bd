// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickle.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <unordered_map>

namespace headroom {

using Kind = PickleValue::Kind;

/// Interprets the stack machine of pickles: https://docs.python.org/3/library/pickletools.html.
class PickleMachine {
public:
    PickleMachine(Pickle& pickle, std::span<const std::byte> bytes, const std::string& where,
                  const PickleLimits& limits)
        : values_(pickle.values_), bytes_(bytes), where_(where), limits_(limits) {}

    const PickleValue* run() {
        for (std::int64_t count = 0; count < limits_.instructions; ++count) {
            const auto opcode = unsignedNumber<1>();
            if (opcode == '.')
                return pop();
            if (!runConstant(opcode) && !runContainer(opcode) && !runObject(opcode) && !runStack(opcode))
                reject(fmt::format("the pickle has an unsupported instruction, 0x{:02x}", opcode));
        }
        const std::string what =
            fmt::format("the pickle has more than {} instructions", limits_.instructions);
        if (*limits_.tooManyRemedy != '\0')
            throw Error(ErrorKind::Input, what, where_, limits_.tooManyRemedy);
        reject(what);
    }

private:
    [[noreturn]] void reject(const std::string& what) const {
        throw Error(ErrorKind::Input, what, fmt::format("{}, pickle byte {}", where_, position_),
                    fmt::format("The file is damaged or not {}.", limits_.content));
    }

    // ------------------------------------------------------------------------------------------ bytes

    std::span<const std::byte> take(std::uint64_t count) {
        if (count > bytes_.size() - position_)
            reject("the pickle is truncated");
        const auto taken = bytes_.subspan(position_, count);
        position_ += count;
        return taken;
    }

    template <int Width>
    std::uint64_t unsignedNumber() {
        std::uint64_t number = 0;
        std::memcpy(&number, take(Width).data(), Width);
        return number;
    }

    std::string text(std::uint64_t length) {
        const auto characters = take(length);
        return {reinterpret_cast<const char*>(characters.data()), characters.size()};
    }

    std::string line() {
        const auto rest = bytes_.subspan(position_);
        const void* end = rest.empty() ? nullptr : std::memchr(rest.data(), '\n', rest.size());
        if (end == nullptr)
            reject("the pickle is truncated");
        std::string content =
            text(static_cast<std::uint64_t>(static_cast<const std::byte*>(end) - rest.data()));
        take(1);
        return content;
    }

    // ------------------------------------------------------------------------------------------ stack

    PickleValue& push(Kind kind) {
        PickleValue& value = values_.emplace_back();
        value.kind = kind;
        stack_.push_back(&value);
        return value;
    }
    void pushInteger(std::int64_t number) { push(Kind::Integer).integer = number; }
    void pushText(std::uint64_t length) { push(Kind::Text).text = text(length); }
    void pushBytes(std::uint64_t length) {
        take(length);
        push(Kind::Bytes);
    }

    PickleValue* top() const {
        if (stack_.size() <= floor())
            reject("the pickle pops from an empty stack");
        return stack_.back();
    }
    PickleValue* pop() {
        PickleValue* value = top();
        stack_.pop_back();
        return value;
    }
    /// Pops everything above the last mark, and the mark.
    std::vector<PickleValue*> popToMark() {
        if (marks_.empty())
            reject("the pickle has no mark to pop to");
        const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
        std::vector<PickleValue*> taken(first, stack_.end());
        stack_.erase(first, stack_.end());
        marks_.pop_back();
        return taken;
    }
    std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

    void pushTuple(int length) {
        std::vector<const PickleValue*> elements(static_cast<std::size_t>(length));
        for (auto element = elements.rbegin(); element != elements.rend(); ++element)
            *element = pop();
        push(Kind::Sequence).elements = std::move(elements);
    }
    void addItems(const std::vector<PickleValue*>& flat) {
        if (flat.size() % 2 != 0)
            reject("the pickle has a key without a value");
        for (std::size_t i = 0; i < flat.size(); i += 2)
            top()->items.emplace_back(flat[i], flat[i + 1]);
    }
    void addElements(const std::vector<PickleValue*>& elements) {
        // Only for lists: in an Object, elements are the callee and its arguments.
        if (top()->kind == Kind::Sequence)
            top()->elements.insert(top()->elements.end(), elements.begin(), elements.end());
    }
    void pushObject(const PickleValue* callee, const PickleValue* arguments) {
        push(Kind::Object).elements = {callee, arguments};
    }

    // ------------------------------------------------------------------------------------ instructions

    bool runConstant(std::uint64_t opcode) {
        switch (opcode) {
        case 'N':
            push(Kind::None);
            return true;
        case 0x88:
            push(Kind::Boolean).integer = 1;
            return true;
        case 0x89:
            push(Kind::Boolean).integer = 0;
            return true;
        case 'J':
            pushInteger(static_cast<std::int32_t>(unsignedNumber<4>()));
            return true;
        case 'K':
            pushInteger(static_cast<std::int64_t>(unsignedNumber<1>()));
            return true;
        case 'M':
            pushInteger(static_cast<std::int64_t>(unsignedNumber<2>()));
            return true;
        case 0x8a:
            pushLong(unsignedNumber<1>());
            return true;
        case 0x8b:
            pushLong(unsignedNumber<4>());
            return true;
        case 'G':
            pushReal();
            return true;
        case 'X':
            pushText(unsignedNumber<4>());
            return true;
        case 0x8c:
            pushText(unsignedNumber<1>());
            return true;
        case 0x8d:
            pushText(unsignedNumber<8>());
            return true;
        case 'U':
            pushText(unsignedNumber<1>());
            return true;
        case 'T':
            pushText(unsignedNumber<4>());
            return true;
        case 'C':
            pushBytes(unsignedNumber<1>());
            return true;
        case 'B':
            pushBytes(unsignedNumber<4>());
            return true;
        case 0x8e:
        case 0x96:
            pushBytes(unsignedNumber<8>());
            return true;
        default:
            return false;
        }
    }

    /// The only number in a pickle with its high bytes first.
    void pushReal() {
        std::uint64_t bits = 0;
        for (const std::byte byte : take(sizeof bits))
            bits = bits << 8 | std::to_integer<std::uint64_t>(byte);
        push(Kind::Real).real = std::bit_cast<double>(bits);
    }

    void pushLong(std::uint64_t length) {
        const auto digits = take(length);
        if (length > sizeof(std::int64_t)) {
            push(Kind::Other);
            return;
        }
        std::uint64_t number = 0;
        std::memcpy(&number, digits.data(), length);
        if (length > 0 && length < sizeof number && (std::to_integer<unsigned>(digits.back()) & 0x80) != 0)
            number |= ~std::uint64_t{0} << (8 * length);
        pushInteger(static_cast<std::int64_t>(number));
    }

    bool runContainer(std::uint64_t opcode) {
        switch (opcode) {
        case ']':
        case ')':
        case 0x8f:
            push(Kind::Sequence);
            return true;
        case '}':
            push(Kind::Mapping);
            return true;
        case 0x85:
            pushTuple(1);
            return true;
        case 0x86:
            pushTuple(2);
            return true;
        case 0x87:
            pushTuple(3);
            return true;
        case 't':
        case 'l':
        case 0x91: {
            const auto elements = popToMark();
            push(Kind::Sequence).elements.assign(elements.begin(), elements.end());
            return true;
        }
        case 'd': {
            const auto flat = popToMark();
            push(Kind::Mapping);
            addItems(flat);
            return true;
        }
        case 'a':
            addElements({pop()});
            return true;
        case 'e':
        case 0x90:
            addElements(popToMark());
            return true;
        case 's': {
            PickleValue* value = pop();
            PickleValue* key = pop();
            addItems({key, value});
            return true;
        }
        case 'u':
            addItems(popToMark());
            return true;
        default:
            return false;
        }
    }

    bool runObject(std::uint64_t opcode) {
        switch (opcode) {
        case 'c': {
            const std::string module = line();
            push(Kind::Name).text = module + "." + line();
            return true;
        }
        case 0x93: {
            const PickleValue* name = pop();
            const PickleValue* module = pop();
            if (name->kind != Kind::Text || module->kind != Kind::Text)
                reject("the pickle has a class name that is not text");
            // Without a limit, each instruction could concatenate long texts from the memo.
            constexpr std::size_t maximumName = 1000;
            if (name->text.size() > maximumName || module->text.size() > maximumName)
                reject("the pickle has a class name that is too long");
            push(Kind::Name).text = module->text + "." + name->text;
            return true;
        }
        case 'R':
        case 0x81: {
            const PickleValue* arguments = pop();
            pushObject(pop(), arguments);
            return true;
        }
        case 0x92: { // with keyword arguments, which tensors do not use
            pop();
            const PickleValue* arguments = pop();
            pushObject(pop(), arguments);
            return true;
        }
        case 'b': { // sets attributes
            const PickleValue* state = pop();
            top()->state = state;
            return true;
        }
        case 'Q': {
            const PickleValue* id = pop();
            push(Kind::PersistentId).elements = {id};
            return true;
        }
        default:
            return false;
        }
    }

    bool runStack(std::uint64_t opcode) {
        switch (opcode) {
        case 0x80:
            if (const auto protocol = unsignedNumber<1>(); protocol > 5)
                reject(fmt::format("the pickle has protocol {}, but only 2 to 5 are supported", protocol));
            return true;
        case 0x95:
            take(8);
            return true; // the length of a frame, not needed
        case '(':
            marks_.push_back(stack_.size());
            return true;
        case '0':
            pop();
            return true;
        case '1':
            popToMark();
            return true;
        case '2':
            stack_.push_back(top());
            return true;
        case 'q':
            memo_[unsignedNumber<1>()] = top();
            return true;
        case 'r':
            memo_[unsignedNumber<4>()] = top();
            return true;
        case 0x94:
            memo_[memo_.size()] = top();
            return true;
        case 'h':
            pushMemo(unsignedNumber<1>());
            return true;
        case 'j':
            pushMemo(unsignedNumber<4>());
            return true;
        default:
            return false;
        }
    }

    void pushMemo(std::uint64_t index) {
        const auto found = memo_.find(index);
        if (found == memo_.end())
            reject("the pickle reads an undefined memo entry");
        stack_.push_back(found->second);
    }

    std::deque<PickleValue>& values_;
    std::span<const std::byte> bytes_;
    const std::string& where_;
    PickleLimits limits_;
    std::uint64_t position_ = 0;
    std::vector<PickleValue*> stack_;
    std::vector<std::size_t> marks_;
    std::unordered_map<std::uint64_t, PickleValue*> memo_;
};

Pickle::Pickle(std::span<const std::byte> bytes, const std::string& where, const PickleLimits& limits)
    : root_(PickleMachine(*this, bytes, where, limits).run()) {}

} // namespace headroom

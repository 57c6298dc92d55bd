// This machine's cards as the CUDA driver tells of them. It is asked by name at run time: neither its headers
// nor a card are needed, and no context is made.
#include "core/memory/cards.h"

#include <array>
#include <cstddef>
#include <dlfcn.h>

namespace headroom {
namespace {

constexpr int success = 0;

class Driver {
public:
    Driver() : library_(dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL)) {
        usable_ = library_ != nullptr && load(init_, "cuInit") && load(count_, "cuDeviceGetCount") &&
                  load(device_, "cuDeviceGet") && load(name_, "cuDeviceGetName") &&
                  load(memory_, "cuDeviceTotalMem_v2") && load(attribute_, "cuDeviceGetAttribute") &&
                  init_(0) == success;
    }
    // Never closed: LibTorch may be using it.

    int count() const {
        int count = 0;
        return usable_ && count_(&count) == success ? count : 0;
    }

    std::optional<Card> card(int index) const {
        int device = 0;
        std::array<char, 256> name = {};
        std::size_t bytes = 0;
        if (device_(&device, index) != success || name_(name.data(), name.size() - 1, device) != success ||
            memory_(&bytes, device) != success)
            return std::nullopt;
        Card card{.name = name.data(), .capacity = static_cast<std::int64_t>(bytes)};
        const bool known = read(card.multiprocessors, 16, device) &&
                           read(card.threadsPerMultiprocessor, 39, device) &&
                           read(card.computeMajor, 75, device) && read(card.computeMinor, 76, device);
        if (!known || card.computeMajor == 0)
            return std::nullopt;
        estimateContext(card);
        return card;
    }

private:
    template <class Function>
    bool load(Function*& function, const char* name) {
        function = reinterpret_cast<Function*>(dlsym(library_, name));
        return function != nullptr;
    }

    /// @param which number of the attribute in the driver's interface
    bool read(int& value, int which, int device) const {
        return attribute_(&value, which, device) == success;
    }

    void* library_;
    bool usable_ = false;
    int (*init_)(unsigned) = nullptr;
    int (*count_)(int*) = nullptr;
    int (*device_)(int*, int) = nullptr;
    int (*name_)(char*, int, int) = nullptr;
    int (*memory_)(std::size_t*, int) = nullptr;
    int (*attribute_)(int*, int, int) = nullptr;
};

} // namespace

std::vector<Card> ownCards() {
    const Driver driver;
    std::vector<Card> cards;
    for (int index = 0; index < driver.count(); ++index) {
        if (auto card = driver.card(index))
            cards.push_back(*std::move(card));
    }
    return cards;
}

} // namespace headroom
